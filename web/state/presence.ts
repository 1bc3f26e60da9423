// Who else is here: what the server tells of the others, and what this page tells of itself.
import type { Person } from '../../core/api/messages.ts';
import { problemOf } from '../api/problem.ts';
import type { Bench } from './bench.ts';
import type { Workspace } from './workspace.ts';

export interface PresenceDesk {
  /** Tells this page from the reader's other ones. */
  tab: string;
  ownName: string;
  nameSelf: Workspace['nameSelf'];
  receive: (people: readonly Person[]) => void;
  /** Says again who is here; the server has forgotten it after a break. */
  tell: () => void;
}

const NAME_KEY = 'onegrid.name';

export function presenceDesk({ client, preferences, get, set, subscribe }: Bench): PresenceDesk {
  const tab = randomTab();
  let telling = false;
  let changed = false;

  /** One after the other: of two on their way together the older could arrive last, and stay. */
  async function tell(): Promise<void> {
    changed = true;
    if (telling) return;
    telling = true;
    while (changed) {
      changed = false;
      await tellOnce();
    }
    telling = false;
  }

  async function tellOnce(): Promise<void> {
    const { plan, opening, active, ownName } = get();
    if (plan === null) return;
    try {
      await client.tellPresence(plan.id, { tab, name: ownName, community: opening ?? active?.code ?? null });
    } catch (error) {
      // Nobody's work depends on it.
      problemOf(error);
    }
  }

  subscribe((now, before) => {
    const open = ({ opening, active }: Workspace): string | null => opening ?? active?.code ?? null;
    if (open(now) !== open(before) || now.ownName !== before.ownName) void tell();
  });

  return {
    tab,
    ownName: preferences.getItem(NAME_KEY) ?? '',
    nameSelf: (name) => {
      preferences.setItem(NAME_KEY, name);
      set({ ownName: name });
    },
    receive: (people) =>
      set({ self: people.find((person) => person.tab === tab) ?? null, others: people.filter((person) => person.tab !== tab) }),
    tell: () => void tell(),
  };
}

/** Not crypto.randomUUID: browsers give that to pages of this machine or over HTTPS only. */
const randomTab = (): string => [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(36)).join('');
