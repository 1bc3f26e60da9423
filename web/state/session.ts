// Who is signed in on this page: signing in and out, a session that ends while somebody works, and what they may do.
import type { Permission } from '../../core/accounts/roles.ts';
import type { Problem, Session, SessionAccount } from '../../core/api/messages.ts';
import type { Credentials } from '../api/client.ts';
import { problemOf, SIGN_IN_NEEDED } from '../api/problem.ts';
import { lastUse } from '../api/requests.ts';
import type { Bench } from './bench.ts';

export interface SessionState {
  /** null: not known yet. Without an account in it the sign-in screen lies over everything. */
  session: Session | null;
  /** Whose work the page holds; stays when the session ends. null: nobody's yet. */
  owner: SessionAccount | null;
  /** Seconds until the session ends for want of use; null: not soon. */
  idleSeconds: number | null;
  /** Why signing in, a code or a password was refused. */
  signInProblem: Problem | null;
  /** A request of the sign-in screen is on its way. */
  signingIn: boolean;

  /** The same person goes on where they were; anybody else gets a page of their own. */
  signIn: (credentials: Credentials) => Promise<void>;
  takeDemo: (login: string) => Promise<void>;
  signOut: () => Promise<void>;
  /** false: refused. */
  proveSecondFactor: (code: string) => Promise<boolean>;
  /** Has a second factor shown, to be enrolled; false: refused. */
  beginSecondFactor: (password: string) => Promise<boolean>;
  /** false: refused. */
  changePassword: (change: { current: string; password: string }) => Promise<boolean>;
  /** Keeps the session that was about to end. */
  stay: () => Promise<void>;
  forgetSignInProblem: () => void;
}

export interface SessionDesk {
  state: SessionState;
  /** Asks the server who is signed in; whoever it is begins or goes on. */
  look: () => Promise<void>;
}

/** What happens to the rest of the page. */
export interface SessionEvents {
  /** Somebody is there for the first time. */
  begin: () => Promise<void>;
  /** The same person is there again. */
  goOn: () => Promise<void>;
  /** Nobody is there any more. */
  rest: () => void;
  /** Somebody else is there: the page is loaded anew, so that nothing of the one is left to the other. */
  reload: () => void;
}

const MINUTE_MS = 60_000;
/** The end is announced so long before. */
const WARNING_MS = MINUTE_MS;
const WATCH_MS = 1_000;

export function sessionDesk({ client, get, set, attempt, subscribe }: Bench, { begin, goOn, rest, reload }: SessionEvents): SessionDesk {
  async function take(session: Session): Promise<void> {
    const { owner, session: before } = get();
    const { account } = session;
    if (account !== null && owner !== null && !isSame(account, owner)) {
      // Unsent work is kept for its owner; nobody needs to be asked whether to leave it.
      set({ unsent: 0, session: { ...session, account: null } });
      return reload();
    }
    set({ session, idleSeconds: null, ...(account !== null && { owner: account, problem: null }) });
    if (account === null) return;
    if (owner === null) await begin();
    else if (before?.account === null) await goOn();
  }

  async function look(): Promise<void> {
    const session = await attempt(() => client.session());
    if (session !== null) await take(session);
  }

  /** A refusal is said on the sign-in screen; false then. */
  async function ask(work: () => Promise<Session>): Promise<boolean> {
    set({ signingIn: true, signInProblem: null });
    try {
      await take(await work());
      return true;
    } catch (error) {
      const problem = problemOf(error);
      set({ signInProblem: problem });
      if (problem.code === SIGN_IN_NEEDED) await look();
      return false;
    } finally {
      set({ signingIn: false });
    }
  }

  subscribe((now, before) => {
    if (now.session?.account !== null || !before.session?.account) return;
    rest();
    void look();
  });
  watchIdleness({ get, set }, look);

  return {
    look,
    state: {
      ...{ session: null, owner: null, idleSeconds: null, signInProblem: null, signingIn: false },
      signIn: async (credentials) => void (await ask(() => client.signIn(credentials))),
      takeDemo: async (login) => void (await ask(() => client.takeDemo(login))),
      signOut: async () => {
        const session = await attempt(() => client.signOut());
        if (session === null) return;
        set({ unsent: 0 });
        reload();
      },
      proveSecondFactor: (code) => ask(() => client.proveSecondFactor(code)),
      beginSecondFactor: (password) => ask(() => client.beginSecondFactor(password)),
      changePassword: (change) => ask(() => client.changePassword(change)),
      stay: async () => {
        set({ idleSeconds: null });
        await attempt(() => useSession({ client, get }));
      },
      forgetSignInProblem: () => set({ signInProblem: null }),
    },
  };
}

/** Other rights or another region are another page, too. */
function isSame(one: SessionAccount, other: SessionAccount): boolean {
  const essence = ({ id, login, region, roles }: SessionAccount): string => JSON.stringify([id, login, region, roles.toSorted()]);
  return essence(one) === essence(other);
}

/** Counts down to the end of the session. The stand-in of the demo mode has none. */
function watchIdleness({ get, set }: Pick<Bench, 'get' | 'set'>, look: () => Promise<void>): void {
  const timer = setInterval(() => {
    const { session, idleSeconds, online } = get();
    if (!session?.account || session.account.login === '' || !online) return;
    const left = lastUse() + session.idleMinutes * MINUTE_MS - Date.now();
    const seconds = left > WARNING_MS ? null : Math.max(0, Math.ceil(left / 1_000));
    if (seconds !== idleSeconds) set({ idleSeconds: seconds });
    // The server knows of other pages of the same session.
    if (seconds === 0 && idleSeconds !== 0) void look();
  }, WATCH_MS);
  // In Node it would keep a test from ending.
  if (typeof timer === 'object' && 'unref' in timer) (timer as { unref: () => void }).unref();
}

/** Any request that the account may make. */
async function useSession({ client, get }: Pick<Bench, 'client' | 'get'>): Promise<unknown> {
  const permissions = get().session?.account?.permissions ?? [];
  if (permissions.includes('read')) return client.plans();
  return permissions.includes('read-audit') ? client.auditHead() : client.accounts();
}

/** Why whoever is signed in may not: key of a text; null: they may, or it is not known yet. */
export function whyNot({ session }: Pick<SessionState, 'session'>, permission: Permission): string | null {
  const account = session?.account;
  return !account || account.permissions.includes(permission) ? null : `session:why.${permission}`;
}
