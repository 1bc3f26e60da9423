// The routes of the server as functions (DESIGN §6a). Every function throws ServerRefused or ServerUnreachable.
import type { AccountChange, NewAccount } from '../../core/accounts/account.ts';
import type {
  AccountRecord,
  AuditHead,
  AuditRecord,
  BarrierCollection,
  BlockCollection,
  BuildingCollection,
  CheckReport,
  CodeRecord,
  CodesAnswer,
  DivisionAcceptance,
  DivisionStatus,
  GridCollection,
  Health,
  InstitutionCollection,
  OperationAnswer,
  OperationRecord,
  Person,
  PlanDetail,
  PlanSummary,
  ProfileHead,
  ProfilePreview,
  ProfileVersion,
  ProposedLayout,
  Region,
  Session,
} from '../../core/api/messages.ts';
import type { DivisionRequest, OperationRequest } from '../../core/plan/operation.ts';
import type { ProfileContent } from '../../core/rules/profile.ts';
import { createRequests } from './requests.ts';

export interface NewPlan {
  name: string;
  region: string;
  profile: string;
  scheme: string;
}

/** An edit of a profile: the version that was edited, what it says now, and why. */
export interface ProfileEdit {
  base: number;
  content: ProfileContent;
  note: string;
}

export interface ProfileCopy {
  id: string;
  from: { profile: string; version: number };
  name: { zh: string; en: string };
  note: string;
}

export interface Credentials {
  login: string;
  password: string;
  /** Of the second factor, six digits. */
  code?: string;
}

/** What is looked for in the audit log; what is left out does not matter. Days as 2026-07-28. */
export interface AuditSearch {
  from?: string;
  to?: string;
  action?: string;
  actor?: string;
  query?: string;
  /** Only entries older than that one. */
  before?: number;
}

/** What a plan tells while it is open. */
export interface PlanListener {
  operation: (answer: OperationAnswer) => void;
  /** Another plan refined the blocks of this community. */
  blocks: (community: string) => void;
  /** Codes were issued, or much has changed at once: best read anew. */
  refresh: () => void;
  /** The stream is open; `again` after a break, when something may have been missed. */
  connected: (again: boolean) => void;
  lost: () => void;
  /** Everybody who looks at the plan, this page included. */
  presence: (people: Person[]) => void;
}

export interface Client {
  health: () => Promise<Health>;
  region: (code: string) => Promise<Region>;
  /** Regions right below the parent; null: those without one. */
  regions: (parent: string | null) => Promise<Region[]>;
  plans: () => Promise<PlanSummary[]>;
  createPlan: (plan: NewPlan) => Promise<PlanSummary>;
  plan: (plan: number) => Promise<PlanDetail>;
  /** All grids of the plan, or those of one community. */
  grids: (plan: number, community?: string) => Promise<GridCollection>;
  blocks: (plan: number, community: string) => Promise<BlockCollection>;
  buildings: (plan: number, community: string) => Promise<BuildingCollection>;
  barriers: (plan: number, community: string) => Promise<BarrierCollection>;
  institutions: (plan: number, community: string) => Promise<InstitutionCollection>;
  operate: (plan: number, request: OperationRequest) => Promise<OperationAnswer>;
  /** Newest first. */
  history: (plan: number, community: string) => Promise<OperationRecord[]>;
  checks: (plan: number, community?: string) => Promise<CheckReport>;
  issueCodes: (plan: number, community?: string) => Promise<CodesAnswer>;
  /** The newest version of every profile. */
  profiles: () => Promise<ProfileHead[]>;
  /** The newest where no version is named. */
  profile: (profile: string, version?: number) => Promise<ProfileVersion>;
  /** Newest first. */
  profileVersions: (profile: string) => Promise<ProfileHead[]>;
  saveProfile: (profile: string, edit: ProfileEdit) => Promise<ProfileVersion>;
  copyProfile: (copy: ProfileCopy) => Promise<ProfileVersion>;
  /** What the plan would look like under that content; nothing is stored. */
  previewProfile: (profile: string, wanted: { content: ProfileContent; plan: number }) => Promise<ProfilePreview>;
  /** The plan follows that version from now on; the answer is its check list. */
  followProfile: (plan: number, to: { profile: string; version: number }) => Promise<CheckReport>;
  code: (code: string) => Promise<CodeRecord>;
  /** Divides a region on the server; nothing is changed before a proposal is accepted. */
  startDivision: (plan: number, request: DivisionRequest) => Promise<DivisionStatus>;
  divisionStatus: (plan: number, id: string) => Promise<DivisionStatus>;
  /** What it proposed so far stays. */
  cancelDivision: (plan: number, id: string) => Promise<DivisionStatus>;
  /** Takes the proposals for these communities. */
  acceptDivision: (plan: number, id: string, communities: readonly string[]) => Promise<DivisionAcceptance>;
  proposedLayout: (plan: number, id: string, community: string) => Promise<ProposedLayout>;
  /** Address of the layout file, for a download link. */
  exportAddress: (plan: number) => string;
  /** Begins to load the demo county into an empty installation; health tells how far it is. */
  loadDemo: () => Promise<unknown>;
  /** Live updates; the result ends them. The others see that this tab is there. */
  listen: (plan: number, listener: PlanListener, tab: string) => () => void;
  /** Tells the others who one is and what one has open. */
  tellPresence: (plan: number, self: Omit<Person, 'number'>) => Promise<void>;
  /** Who is signed in, or what is still to be done; asking keeps no session alive. */
  session: () => Promise<Session>;
  signIn: (credentials: Credentials) => Promise<Session>;
  takeDemo: (login: string) => Promise<Session>;
  signOut: () => Promise<Session>;
  proveSecondFactor: (code: string) => Promise<Session>;
  /** Has a second factor shown to somebody who is signed in. */
  beginSecondFactor: (password: string) => Promise<Session>;
  changePassword: (change: { current: string; password: string }) => Promise<Session>;
  accounts: () => Promise<AccountRecord[]>;
  makeAccount: (account: NewAccount) => Promise<AccountRecord>;
  changeAccount: (id: number, change: AccountChange) => Promise<AccountRecord>;
  /** Newest first. */
  audit: (search: AuditSearch) => Promise<AuditRecord[]>;
  auditHead: () => Promise<AuditHead>;
  /** Address of what was found as CSV, for a download link. */
  auditExportAddress: (search: AuditSearch) => string;
}

/** @param base scheme and host of the server, '' for the page's own; @param language reader's language for problem texts */
export function createClient(base: string, language: () => string): Client {
  const { get, post, put, remove } = createRequests(base, language);
  const ofCommunity = (community: string | undefined): string => (community === undefined ? '' : `?community=${community}`);

  return {
    health: () => get('/api/health'),
    region: (code) => get(`/api/regions/${code}`),
    regions: (parent) => get(parent === null ? '/api/regions' : `/api/regions?parent=${parent}`),
    plans: () => get('/api/plans'),
    createPlan: (plan) => post('/api/plans', plan),
    plan: (plan) => get(`/api/plans/${plan}`),
    grids: (plan, community) => get(`/api/plans/${plan}/grids${ofCommunity(community)}`),
    blocks: (plan, community) => get(`/api/plans/${plan}/blocks${ofCommunity(community)}`),
    buildings: (plan, community) => get(`/api/plans/${plan}/buildings${ofCommunity(community)}`),
    barriers: (plan, community) => get(`/api/plans/${plan}/barriers${ofCommunity(community)}`),
    institutions: (plan, community) => get(`/api/plans/${plan}/institutions${ofCommunity(community)}`),
    operate: (plan, body) => post(`/api/plans/${plan}/operations`, body),
    history: (plan, community) => get(`/api/plans/${plan}/operations${ofCommunity(community)}`),
    checks: (plan, community) => get(`/api/plans/${plan}/checks${ofCommunity(community)}`),
    issueCodes: (plan, community) => post(`/api/plans/${plan}/codes`, community === undefined ? {} : { community }),
    profiles: () => get('/api/profiles'),
    profile: (profile, version) => get(`/api/profiles/${profile}${version === undefined ? '' : `?version=${version}`}`),
    profileVersions: (profile) => get(`/api/profiles/${profile}/versions`),
    saveProfile: (profile, edit) => post(`/api/profiles/${profile}`, edit),
    copyProfile: (copy) => post('/api/profiles', copy),
    previewProfile: (profile, wanted) => post(`/api/profiles/${profile}/preview`, wanted),
    followProfile: (plan, to) => post(`/api/plans/${plan}/profile`, to),
    code: (code) => get(`/api/codes/${code}`),
    startDivision: (plan, wanted) => post(`/api/plans/${plan}/divisions`, wanted),
    divisionStatus: (plan, id) => get(`/api/plans/${plan}/divisions/${id}`),
    cancelDivision: (plan, id) => post(`/api/plans/${plan}/divisions/${id}/cancel`, {}),
    acceptDivision: (plan, id, communities) => post(`/api/plans/${plan}/divisions/${id}/accept`, { communities }),
    proposedLayout: (plan, id, community) => get(`/api/plans/${plan}/divisions/${id}/layout?community=${community}`),
    exportAddress: (plan) => `${base}/api/plans/${plan}/export?format=geojson`,
    loadDemo: () => post('/api/demo', {}),
    listen: (plan, listener, tab) => listen(`${base}/api/plans/${plan}/events?tab=${tab}`, listener),
    tellPresence: (plan, self) => put(`/api/plans/${plan}/presence`, self),
    session: () => get('/api/session'),
    signIn: (credentials) => post('/api/session', credentials),
    takeDemo: (demo) => post('/api/session', { demo }),
    signOut: () => remove('/api/session'),
    proveSecondFactor: (code) => post('/api/session/second-factor', { code }),
    beginSecondFactor: (password) => post('/api/session/second-factor', { password }),
    changePassword: (change) => post('/api/session/password', change),
    accounts: () => get('/api/accounts'),
    makeAccount: (account) => post('/api/accounts', account),
    changeAccount: (id, change) => post(`/api/accounts/${id}`, change),
    audit: (search) => get(`/api/audit${queryOf(search)}`),
    auditHead: () => get('/api/audit/head'),
    auditExportAddress: (search) => `${base}/api/audit/export${queryOf(search)}`,
  };
}

/** `?from=…&actor=…`, empty where nothing is looked for. */
function queryOf(search: AuditSearch): string {
  const wanted = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
  return wanted.length === 0 ? '' : `?${new URLSearchParams(wanted.map(([name, value]) => [name, String(value)]))}`;
}

/** The browser connects again after a break, but not after a refusal (a gateway without a server behind it): then we do. */
const RECONNECT_MS = 3_000;

function listen(address: string, listener: PlanListener): () => void {
  let opened = false;
  let source = connect();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function connect(): EventSource {
    const stream = new EventSource(address);
    const on = (type: string, act: (data: string) => void): void =>
      stream.addEventListener(type, (event: MessageEvent<string>) => act(event.data));
    stream.addEventListener('open', () => {
      listener.connected(opened);
      opened = true;
    });
    stream.addEventListener('error', () => {
      listener.lost();
      if (stream.readyState === EventSource.CLOSED) timer = setTimeout(() => (source = connect()), RECONNECT_MS);
    });
    on('operation', (data) => listener.operation(JSON.parse(data) as OperationAnswer));
    on('blocks', (data) => listener.blocks((JSON.parse(data) as { community: string }).community));
    on('presence', (data) => listener.presence(JSON.parse(data) as Person[]));
    on('codes', () => listener.refresh());
    on('refresh', () => listener.refresh());
    return stream;
  }

  return () => {
    clearTimeout(timer);
    source.close();
  };
}
