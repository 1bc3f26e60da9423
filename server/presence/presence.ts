// Who looks at which plan, and at which of its communities: in memory only, gone with the connection. Knows this process only.
import type { Person } from '../../core/api/messages.ts';

type Listener = (people: readonly Person[]) => void;

interface Seat {
  person: Person;
  readonly listener: Listener;
}

export class Presence {
  /** Plan → browser tab → its seat. */
  readonly #plans = new Map<number, Map<string, Seat>>();

  /** A browser tab listens to the plan: it is told who is there, itself included, now and after every change. Returns what ends it. */
  join(plan: number, tab: string, listener: Listener): () => void {
    const seats = this.#plans.get(plan) ?? new Map<string, Seat>();
    this.#plans.set(plan, seats);
    const before = seats.get(tab)?.person;
    const seat: Seat = { person: before ?? { tab, number: freeNumber(seats), name: '', community: null }, listener };
    seats.set(tab, seat);
    this.#tell(plan);
    return () => {
      // A tab that came back took its own seat before the old connection was seen to be gone.
      if (seats.get(tab) !== seat) return;
      seats.delete(tab);
      if (seats.size === 0) this.#plans.delete(plan);
      else this.#tell(plan);
    };
  }

  /** What a tab says of itself; of a tab that does not listen nothing is kept. */
  update(plan: number, { tab, name, community }: Omit<Person, 'number'>): void {
    const seat = this.#plans.get(plan)?.get(tab);
    if (seat === undefined) return;
    seat.person = { ...seat.person, name, community };
    this.#tell(plan);
  }

  #tell(plan: number): void {
    const seats = [...(this.#plans.get(plan)?.values() ?? [])];
    const people = seats.map(({ person }) => person).sort((a, b) => a.number - b.number);
    for (const { listener } of seats) listener(people);
  }
}

function freeNumber(seats: ReadonlyMap<string, Seat>): number {
  const taken = new Set([...seats.values()].map(({ person }) => person.number));
  let number = 1;
  while (taken.has(number)) number++;
  return number;
}
