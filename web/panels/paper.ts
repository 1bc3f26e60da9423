// Papers that a map is printed on, landscape; lengths in millimetres.
export type Paper = 'A4' | 'A3';

export interface PaperSize {
  readonly width: number;
  readonly height: number;
  /** Rows of the register beside the map. */
  readonly rows: number;
  /** Pixels of the map picture per CSS pixel: about 250 in an inch. */
  readonly pixelRatio: number;
}

export const PAPERS: ReadonlyMap<Paper, PaperSize> = new Map([
  ['A4', { width: 297, height: 210, rows: 26, pixelRatio: 2.6 }],
  ['A3', { width: 420, height: 297, rows: 40, pixelRatio: 2.6 }],
]);

export const paperSize = (paper: Paper): PaperSize => PAPERS.get(paper) as PaperSize;
