// Who is at a plan: numbers, names, places; gone with the connection, and not before.
import { expect, test } from 'vitest';
import type { Person } from '../../core/api/messages.ts';
import { Presence } from '../../server/presence/presence.ts';

const PLAN = 1;
const HERE = '620724100001';

function listen(presence: Presence, tab: string, plan = PLAN) {
  const heard: (readonly Person[])[] = [];
  const leave = presence.join(plan, tab, (people) => heard.push(people));
  return { leave, heard, last: () => heard.at(-1) ?? [] };
}

test('everybody hears who comes, what they say of themselves, and who leaves', () => {
  const presence = new Presence();
  const first = listen(presence, 'a');
  const second = listen(presence, 'b');
  presence.update(PLAN, { tab: 'b', name: '王芳', community: HERE });
  const both = [
    { tab: 'a', number: 1, name: '', community: null },
    { tab: 'b', number: 2, name: '王芳', community: HERE },
  ];
  expect(first.last()).toEqual(both);
  expect(second.last()).toEqual(both);
  first.leave();
  expect(second.last()).toEqual([both[1]]);
  expect(
    listen(presence, 'c')
      .last()
      .map(({ tab, number }) => [tab, number]),
  ).toEqual([
    ['c', 1],
    ['b', 2],
  ]);
});

test('a tab that comes back keeps its place when its old connection is found to be gone', () => {
  const presence = new Presence();
  const old = listen(presence, 'a');
  presence.update(PLAN, { tab: 'a', name: '李强', community: HERE });
  const back = listen(presence, 'a');
  old.leave();
  expect(back.last()).toEqual([{ tab: 'a', number: 1, name: '李强', community: HERE }]);
});

test('plans are kept apart, and of a tab that does not listen nothing is kept', () => {
  const presence = new Presence();
  const here = listen(presence, 'a');
  listen(presence, 'b', 2);
  presence.update(PLAN, { tab: 'stranger', name: 'x', community: null });
  expect(here.heard).toHaveLength(1);
});
