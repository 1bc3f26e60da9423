// What the reader can ask for besides the tools: one list behind buttons, keys, tooltips and the help page.
import type { Workspace } from '../state/workspace.ts';

export type ActionId =
  | 'undo'
  | 'redo'
  | 'frame'
  | 'nextIssue'
  | 'rules'
  | 'check'
  | 'codes'
  | 'export'
  | 'import'
  | 'newPlan'
  | 'history'
  | 'search'
  | 'help'
  | 'language'
  | 'print'
  | 'lifecycle'
  | 'comparison'
  | 'official'
  | 'filing'
  | 'oneNet'
  | 'baseMap'
  | 'left'
  | 'right'
  | 'checks';

/** Why something cannot be done now: a text with its topic, and what the text names. */
export interface Reason {
  key: string;
  values?: Record<string, string | number>;
}

export interface Action {
  id: ActionId;
  /** As the key is shown: “Ctrl+Z”. */
  key: string;
  /** Whether a key press means this action; letters come with no modifier. */
  matches: (event: KeyboardEvent) => boolean;
  unavailable: (workspace: Workspace) => Reason | null;
  run: () => void;
}

export const plainKey =
  (key: string) =>
  (event: KeyboardEvent): boolean =>
    event.key.toLowerCase() === key.toLowerCase() && !event.ctrlKey && !event.metaKey && !event.altKey;

export const controlKey =
  (key: string, shift: boolean) =>
  (event: KeyboardEvent): boolean =>
    event.key.toLowerCase() === key && (event.ctrlKey || event.metaKey) && event.shiftKey === shift && !event.altKey;
