// The routes of filing: packages that a city sends, and the inbox of the province.
import type { FilingReceipt, FilingRecord, GridCollection } from '../../core/api/messages.ts';
import { currentLanguage } from '../i18n/language.ts';
import { createRequests } from './requests.ts';

/** What the province decides about counties of a package. */
export interface FilingDecision {
  decision: 'accept' | 'return';
  /** Numbers of the plans in the installation that made the package. */
  plans: readonly number[];
  remarks: string;
}

const { get, post, postLong, upload } = createRequests('', currentLanguage);

/** A form with one file in it. */
function formOf(field: string, file: File): FormData {
  const form = new FormData();
  form.append(field, file, file.name);
  return form;
}

export const filingClient = {
  /** Packages of one's city, newest first. */
  sent: () => get<FilingRecord[]>('/api/filings'),
  /** Builds a package of settled plans; they count as filed from then on. */
  build: (plans: readonly number[]) => postLong<FilingRecord>('/api/filings', { plans }),
  packageAddress: (filing: number) => `/api/filings/${filing}/package`,
  /** Takes in what the province has answered. */
  takeReceipt: (receipt: unknown) => post<FilingRecord>('/api/filings/receipts', receipt),
  /** Packages received, newest first. */
  received: () => get<FilingRecord[]>('/api/inbox'),
  receive: (file: File) => upload<FilingRecord>('/api/inbox', formOf('package', file)),
  layout: (filing: number) => get<GridCollection>(`/api/inbox/${filing}/layout`),
  reportAddress: (filing: number) => `/api/inbox/${filing}/report`,
  decide: (filing: number, decision: FilingDecision) => postLong<FilingRecord>(`/api/inbox/${filing}/decision`, decision),
  receipt: (filing: number) => get<FilingReceipt>(`/api/inbox/${filing}/receipt`),
  /** To be downloaded, or printed. */
  receiptAddress: (filing: number, form: 'json' | 'html') => `/api/inbox/${filing}/receipt${form === 'html' ? '.html' : ''}`,
};
