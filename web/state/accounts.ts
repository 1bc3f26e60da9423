// The accounts that an administrator looks after: the list, the one in hand, and the password that is shown once.
import { create } from 'zustand';
import type { AccountChange, NewAccount } from '../../core/accounts/account.ts';
import type { AccountRecord, Region } from '../../core/api/messages.ts';
import { pageClient as client } from '../api/page-client.ts';
import { attempter } from './bench.ts';
import { useWorkspace } from './store.ts';

/** A password that was set for somebody; nobody can read it again. */
export interface HandedOut {
  login: string;
  name: string;
  password: string;
}

/** A region as far as choosing one takes. */
export interface Place {
  code: string;
  /** With the regions above it: 高台县 · 城关镇. */
  name: string;
}

export interface Accounts {
  /** null: being read. */
  list: readonly AccountRecord[] | null;
  /** Down to the towns, in the order of their codes. */
  places: readonly Place[];
  chosen: number | null;
  handedOut: HandedOut | null;
  working: boolean;
  open: () => Promise<void>;
  choose: (id: number | null) => void;
  /** With a password made here; false: refused. */
  make: (account: Omit<NewAccount, 'password'>) => Promise<boolean>;
  /** false: refused. */
  change: (id: number, change: AccountChange) => Promise<boolean>;
  resetPassword: (account: AccountRecord) => Promise<void>;
  forgetPassword: () => void;
}

const attempt = attempter(useWorkspace.setState);

export const useAccounts = create<Accounts>((set, get) => {
  async function during<T>(work: () => Promise<T>): Promise<T | null> {
    useWorkspace.getState().dismissProblem();
    set({ working: true });
    const result = await attempt(work);
    set({ working: false });
    return result;
  }

  async function change(id: number, wanted: AccountChange): Promise<boolean> {
    const changed = await during(() => client.changeAccount(id, wanted));
    if (changed !== null) set({ list: get().list?.map((one) => (one.id === id ? changed : one)) ?? null });
    return changed !== null;
  }

  return {
    ...{ list: null, places: [], chosen: null, handedOut: null, working: false, change },
    open: async () => {
      const read = await attempt(() => Promise.all([client.accounts(), placesBelow(null, '')]));
      if (read !== null) set({ list: read[0], places: read[1] });
    },
    choose: (chosen) => {
      useWorkspace.getState().dismissProblem();
      set({ chosen });
    },
    make: async (account) => {
      const password = newPassword();
      const made = await during(() => client.makeAccount({ ...account, password }));
      if (made === null) return false;
      set({ list: [...(get().list ?? []), made], chosen: made.id, handedOut: { login: made.login, name: made.name, password } });
      return true;
    },
    resetPassword: async ({ id, login, name }) => {
      const password = newPassword();
      if (await change(id, { password })) set({ handedOut: { login, name, password } });
    },
    forgetPassword: () => set({ handedOut: null }),
  };
});

async function placesBelow(parent: string | null, above: string): Promise<Place[]> {
  const regions = await client.regions(parent);
  const places = await Promise.all(regions.map((region) => placesFrom(region, above)));
  return places.flat();
}

async function placesFrom({ code, name, level }: Region, above: string): Promise<Place[]> {
  const own = { code, name: above === '' ? name : `${above} · ${name}` };
  const goesOn = level === 'province' || level === 'city' || level === 'county';
  return goesOn ? [own, ...(await placesBelow(code, own.name))] : [own];
}

/** Nothing that is read as something else: no 0 and O, no 1, l and I. */
const CHARACTERS = 'abcdefghjkmnpqrstuvwxyzACDEFGHJKLMNPQRTUVWXY34679';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** 16 characters in groups, about 89 bits. Values that would favour some characters are thrown away. */
function newPassword(): string {
  const fair = 256 - (256 % CHARACTERS.length);
  let text = '';
  while (text.length < GROUPS * GROUP_LENGTH) {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < fair) text += CHARACTERS[byte % CHARACTERS.length];
  }
  return text.match(new RegExp(`.{${GROUP_LENGTH}}`, 'g'))?.join('-') ?? text;
}
