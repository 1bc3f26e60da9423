// The routes of the code schemes and of the ranges of numbers.
import type { CodeRange, SchemeHead, SchemePreview, SchemeVersion } from '../../core/api/messages.ts';
import type { Scheme } from '../../core/codes/scheme.ts';
import { currentLanguage } from '../i18n/language.ts';
import { createRequests } from './requests.ts';

export interface SchemeCopy {
  id: string;
  from: { scheme: string; version: number };
  name: { zh: string; en: string };
  note: string;
}

export interface NewRange {
  scheme: string;
  region: string;
  first: number;
  last: number;
  note: string;
}

const { get, post } = createRequests('', currentLanguage);

export const schemeClient = {
  /** The newest version of every scheme. */
  schemes: () => get<SchemeHead[]>('/api/schemes'),
  /** The newest version. */
  scheme: (scheme: string) => get<SchemeVersion>(`/api/schemes/${scheme}`),
  /** Newest first. */
  versions: (scheme: string) => get<SchemeHead[]>(`/api/schemes/${scheme}/versions`),
  save: (scheme: string, edit: { base: number; content: Scheme; note: string }) => post<SchemeVersion>(`/api/schemes/${scheme}`, edit),
  copy: (copy: SchemeCopy) => post<SchemeVersion>('/api/schemes', copy),
  /** Codes that the grids of the plan would get; nothing is stored. */
  preview: (scheme: string, wanted: { content: Scheme; plan: number }) => post<SchemePreview>(`/api/schemes/${scheme}/preview`, wanted),
  ranges: (scheme: string) => get<CodeRange[]>(`/api/code-ranges?scheme=${scheme}`),
  handOut: (range: NewRange) => post<CodeRange>('/api/code-ranges', range),
};
