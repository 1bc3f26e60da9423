// The routes of the way from draft to official: steps, adjustments, comparisons, what was official on a day, codes, statements on the staff.
import type {
  Clearance,
  CodeExplanationAnswer,
  CodeRecord,
  CodeSummary,
  GridCollection,
  LifecycleStatus,
  OfficialDate,
  PlanComparison,
  PlanSummary,
  WaitingPlan,
} from '../../core/api/messages.ts';
import type { StepId } from '../../core/lifecycle/lifecycle.ts';
import type { CheckId } from '../../core/rules/rule.ts';
import { currentLanguage } from '../i18n/language.ts';
import { createRequests } from './requests.ts';

/** One thing to be done with a plan. */
export interface StepRequest {
  step: StepId;
  action: 'take' | 'sign' | 'return';
  /** Why the plan is returned. */
  reason?: string;
  /** With `submit`: why what a check still warns of may stand, by check. */
  reasons?: Partial<Record<CheckId, string>>;
  /** With `sign`: digest of the content that is shown. */
  digest?: string;
}

const { get, post, postLong } = createRequests('', currentLanguage);

export const lifecycleClient = {
  waiting: () => get<WaitingPlan[]>('/api/waiting'),
  status: (plan: number) => get<LifecycleStatus>(`/api/plans/${plan}/steps`),
  take: (plan: number, step: StepRequest) => postLong<LifecycleStatus>(`/api/plans/${plan}/steps`, step),
  /** A draft of some communities of an official plan. */
  adjust: (plan: number, wanted: { name: string; communities: readonly string[] }) =>
    postLong<PlanSummary>(`/api/plans/${plan}/adjustment`, wanted),
  /** With the plan that it was branched from. */
  comparison: (plan: number) => get<PlanComparison>(`/api/plans/${plan}/comparison`),
  officialDates: (region: string) => get<OfficialDate[]>(`/api/layout/dates?region=${region}`),
  /** @param date YYYY-MM-DD */
  officialLayout: (region: string, date: string) => get<GridCollection>(`/api/layout?region=${region}&date=${date}`),
  codes: (query: string) => get<CodeSummary[]>(`/api/codes?query=${encodeURIComponent(query)}`),
  code: (code: string) => get<CodeRecord>(`/api/codes/${encodeURIComponent(code)}`),
  explanation: (code: string) => get<CodeExplanationAnswer>(`/api/codes/${encodeURIComponent(code)}/explanation`),
  /** States that a person of the staff was looked at, or takes it back; answers all of the grid. */
  clear: (plan: number, grid: number, statement: { role: string; name: string; cleared: boolean }) =>
    post<Clearance[]>(`/api/plans/${plan}/grids/${grid}/clearances`, statement),
};
