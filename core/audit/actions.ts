// What the audit log can say that somebody did: a closed list, so that it can be searched and read in both languages.

export const AUDIT_ACTIONS = [
  'sign-in',
  'sign-in-refused',
  'locked-out',
  'sign-out',
  /** A request that needed a session or a right that was not there. */
  'refusal',
  'edit',
  'divide',
  'plan-made',
  'plan-branched',
  'plan-profile',
  'submit',
  'approve',
  'settle',
  'file',
  'accept',
  'sign-off',
  'return',
  'import',
  'export',
  'profile',
  'scheme',
  'code-range',
  'codes-issued',
  'codes-changed',
  'filing-built',
  'filing-received',
  'filing-refused',
  'receipt-taken',
  'clearance',
  'account-made',
  'account-changed',
  'account-closed',
  'account-unlocked',
  'roles-granted',
  'password-changed',
  'second-factor-changed',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** What a row says beside who, when and what: numbers, codes, kinds. Never personal data, never what was written in a field. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null>>;
