// The kinds of file that a crosswalk can be written as.

export const CROSSWALK_FORMATS = ['xlsx', 'csv'] as const;
export type CrosswalkFormat = (typeof CROSSWALK_FORMATS)[number];
