// Why a re-import cannot be written.

/** `code` as in the problems of an import. */
export class ReimportRefused extends Error {
  readonly code: 'import-overtaken' | 'import-plan-under-way' | 'import-leaves-buildings';
  readonly values: Readonly<Record<string, string | number>>;

  constructor(code: ReimportRefused['code'], values: ReimportRefused['values']) {
    super(code);
    this.code = code;
    this.values = values;
  }
}
