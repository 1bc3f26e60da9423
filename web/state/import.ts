// The import in hand: its files as they are sent and read, what people decided, preview and run. Lives on while its sheet is closed.
import type { FeatureCollection } from 'geojson';
import type { StoreApi, UseBoundStore } from 'zustand';
import type { ImportDecisions, ImportSource, ImportStatus, MisfitReceiver, SourceChoice } from '../../core/api/import-messages.ts';
import type { Problem } from '../../core/api/messages.ts';
import type { CrsChoice, ImportClient } from '../api/import-client.ts';
import type { Bench } from './bench.ts';
import type { ImportStep, ImportView } from './import-steps.ts';
import type { Workspace } from './workspace.ts';

/** A file on its way to the server. */
export interface Sending {
  key: number;
  name: string;
  bytes: number;
  /** null: waiting for its turn; 0–1 sent; 1: being looked into. */
  share: number | null;
  /** It did not get there. */
  problem: Problem | null;
}

/** What changes in the choice of a file, told its choice as earlier changes left it. */
export type ChoiceChange = (choice: SourceChoice) => Partial<SourceChoice>;

export interface ImportState {
  status: ImportStatus | null;
  sending: readonly Sending[];
  step: ImportStep;
  /** The file in hand, in the steps that go file by file. */
  at: string | null;
  decisions: ImportDecisions;
  previewed: string | null;
  /** Files that are being read anew. */
  rereading: ReadonlySet<string>;
  /** Files whose kind and fields were taken over from last time. */
  recalled: ReadonlySet<string>;
  /** What is being done to the whole import. */
  asking: 'preview' | 'run' | 'cancel' | null;
}

export interface Import extends ImportState {
  /** Takes up the import that this page had open before it was loaded anew. */
  resume: () => Promise<void>;
  send: (files: readonly File[]) => Promise<void>;
  /** Puts a file that did not get to the server off the list. */
  forgetSending: (key: number) => void;
  /** Changes to one file are made one after the other; false: refused. */
  choose: (source: string, change: ChoiceChange) => Promise<boolean>;
  remove: (source: string) => Promise<void>;
  /** The features of a file on the map; null: they cannot be had. */
  features: (source: string, how: CrsChoice | null) => Promise<FeatureCollection | null>;
  goTo: (step: ImportStep) => void;
  goOn: () => void;
  takeInHand: (source: string) => void;
  decide: (change: Partial<ImportDecisions>) => void;
  /** null: not decided after all. */
  giveMisfit: (key: string, to: MisfitReceiver | null) => void;
  preview: () => Promise<void>;
  run: () => Promise<void>;
  /** Ends what is running; nothing of it is stored, and the files stay. */
  cancel: () => Promise<void>;
  /** Puts the import away with its files. */
  leave: () => Promise<void>;
}

export type ImportStore = UseBoundStore<StoreApi<Import>>;

export interface ImportParts {
  workspace: Pick<StoreApi<Workspace>, 'getState' | 'setState'>;
  client: ImportClient;
  /** Keeps which import is open over a reload of the page. */
  session: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Keeps how files were read for good. */
  preferences: Pick<Storage, 'getItem' | 'setItem'>;
  /** The sheet of the import is open. */
  isShown: () => boolean;
}

/** What the parts of the store share. */
export interface ImportBench extends ImportParts {
  get: StoreApi<Import>['getState'];
  set: StoreApi<Import>['setState'];
  attempt: Bench['attempt'];
}

export const OPEN_IMPORT_KEY = 'onegrid.import';

const NO_DECISIONS: ImportDecisions = {
  skipRefused: false,
  toleranceM: null,
  misfits: {},
  otherMisfits: null,
  successors: {},
  removeMissing: false,
};

export const NOTHING_OPEN: ImportState = {
  status: null,
  sending: [],
  step: 'files',
  at: null,
  decisions: NO_DECISIONS,
  previewed: null,
  rereading: new Set(),
  recalled: new Set(),
  asking: null,
};

export const sourceIn = ({ status }: ImportState, source: string): ImportSource | undefined =>
  status?.sources.find(({ id }) => id === source);

/** What the steps are judged by, from the store. */
export const viewOf = ({ status, sending, rereading, decisions, previewed }: ImportState): ImportView => ({
  sources: status?.sources ?? [],
  sending: sending.filter(({ problem }) => problem === null).length,
  unsent: sending.filter(({ problem }) => problem !== null).length,
  rereading: rereading.size,
  phase: status?.phase ?? null,
  report: status?.report ?? null,
  decisions,
  previewed,
});
