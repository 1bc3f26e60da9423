// What a tool is: it takes the hand's moves, shows what it is about to do, and ends in one operation.

import type { Operation } from '../../core/plan/operation.ts';
import type { GridKind } from '../../core/plan/state.ts';
import type { Preview, Workspace } from '../state/workspace.ts';
import type { CommunityIndex } from './community-index.ts';
import type { Caught } from './snap.ts';

/** Longitude, latitude in degrees. */
export type Position = [longitude: number, latitude: number];

/** A press that moves further than this is a drag, not a click. */
export const CLICK_PX = 5;

/** Where the hand is, already looked up. */
export interface HandPoint {
  /** On what was caught, otherwise where the pointer is. */
  readonly position: Position;
  /** Where the pointer is, whatever was caught. */
  readonly pointer: Position;
  /** Pixels from the map's upper left corner. */
  readonly pixel: readonly [x: number, y: number];
  /** Milliseconds, to tell a double click. */
  readonly time: number;
  readonly caught: Caught | null;
  readonly shift: boolean;
}

/** Lines of a drawing: what the hand has laid down and what it still holds. */
export interface Sketch {
  readonly line?: readonly Position[];
  /** The line is a ring that closes itself. */
  readonly closed?: boolean;
  /** Blocks that would change hands, with the kind and shade they would take. */
  readonly blocks?: { readonly ids: readonly number[]; readonly kind: GridKind; readonly shade: number };
  /** Grids to be outlined: about to be taken, or chosen. */
  readonly grids?: readonly number[];
  readonly caught?: Caught | null;
  /** Grid that a click would take. */
  readonly hover?: number | null;
}

/** What a tool may ask of the screen. */
export interface ToolHost {
  readonly workspace: () => Workspace;
  readonly community: () => CommunityIndex | null;
  readonly draw: (sketch: Sketch) => void;
  /** Shows what the operation would do, counted by the worker; the newest question wins. null: nothing to ask. */
  readonly ask: (operation: Operation | null) => void;
  /** Shows counts that the tool made itself. */
  readonly show: (preview: Preview | null) => void;
  /** Says for a moment why nothing happens: one of the texts `tools:obstacle.*`. */
  readonly refuse: (reason: string) => void;
  readonly commit: (operation: Operation) => void;
  /** Back to the select tool. */
  readonly leave: () => void;
}

export interface Tool {
  /** Whether the hand catches borders and corners. Asked at every move. */
  readonly snaps: boolean;
  readonly cursor: string;
  /** A drag moves the map, and a click outside opens the community there. */
  readonly roams?: boolean;
  /** A grid whose border is caught before anything else. */
  readonly prefersBorderOf?: () => number | null;
  press: (point: HandPoint) => void;
  move: (point: HandPoint) => void;
  release: (point: HandPoint) => void;
  /** Enter: finish what is begun. */
  finish: () => void;
  /** Esc: takes one step back; false when there was nothing left to take back. */
  back: () => boolean;
  /** Further keys of this tool; true when it was one. */
  key?: (key: string) => boolean;
  /** The tool is put away or the community changed under it: forget everything. */
  reset: () => void;
}

/** Commits what was drawn; with nothing to commit the drawing goes away. */
export function commitOrDrop(host: ToolHost, operation: Operation | null): void {
  if (operation !== null) {
    host.commit(operation);
    return;
  }
  host.draw({});
  host.ask(null);
}
