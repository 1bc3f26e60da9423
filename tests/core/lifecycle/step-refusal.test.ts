// Who may take a step: the same answer as a plain reading of the rules, for any way, any plan and any person.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ROLES, type Role } from '../../../core/accounts/roles.ts';
import { DEFAULT_LIFECYCLE, type Lifecycle, lifecycleSchema, STEP_IDS } from '../../../core/lifecycle/lifecycle.ts';
import { NEXT_STATES, PLAN_STATES } from '../../../core/lifecycle/state.ts';
import { type Asker, nextStep, returnRefusal, standingOf, stepRefusal } from '../../../core/lifecycle/step-refusal.ts';
import { profiles } from '../../../core/rules/profiles.ts';

const WAYS: Lifecycle[] = [DEFAULT_LIFECYCLE, ...[...profiles.values()].map(({ lifecycle }) => lifecycle)];
const ORGANS = ['政法委', '平安办', '民政局', ''];
const REGIONS = ['62', '6207', '620724', '620724100', '620724100001', '620723', '500114', '5001', '50', '*'];

const asker: fc.Arbitrary<Asker> = fc.record({
  region: fc.constantFrom(...REGIONS),
  organ: fc.constantFrom(...ORGANS),
  roles: fc.uniqueArray(fc.constantFrom<Role>(...ROLES)).map((roles) => new Set(roles)),
});
const plan = fc.record({ state: fc.constantFrom(...PLAN_STATES), region: fc.constantFrom('620724', '620724100', '500114') });
const way = fc.constantFrom(...WAYS);
const signed = fc.uniqueArray(fc.constantFrom<string>('政法委', '平安办', '民政局')).map((organs) => new Set(organs));

test('nobody acts whose region does not contain that of the plan, or who has not the role', () => {
  fc.assert(
    fc.property(way, plan, asker, signed, (lifecycle, given, person, organs) => {
      for (const step of lifecycle.steps) {
        if (stepRefusal(lifecycle, step, given, person, organs) !== null) continue;
        expect(person.region === '*' || given.region.startsWith(person.region)).toBe(true);
        expect(person.roles.has(step.role)).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('at most one step can be taken, that of the present state, and never one that goes by filing', () => {
  fc.assert(
    fc.property(way, plan, asker, signed, (lifecycle, given, person, organs) => {
      const open = lifecycle.steps.filter((step) => stepRefusal(lifecycle, step, given, person, organs) === null);
      expect(open.length).toBeLessThanOrEqual(1);
      for (const { id, from } of open) {
        expect(from).toContain(given.state);
        expect(['file', 'accept']).not.toContain(id);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('where organs sign, only they do, each once; the stand-in never', () => {
  fc.assert(
    fc.property(way, plan, asker, signed, (lifecycle, given, person, organs) => {
      for (const step of lifecycle.steps.filter((one) => one.organs.length > 0)) {
        if (stepRefusal(lifecycle, step, given, person, organs) !== null) continue;
        expect(step.organs).toContain(person.organ);
        expect(organs.has(person.organ)).toBe(false);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('whoever may still sign may return, and signing does not take that away', () => {
  fc.assert(
    fc.property(way, plan, asker, signed, (lifecycle, given, person, organs) => {
      const next = nextStep(lifecycle, given.state);
      if (!next || next.id === 'submit') {
        expect(returnRefusal(lifecycle, given, person)).not.toBeNull();
        return;
      }
      const refusal = stepRefusal(lifecycle, next, given, person, organs);
      if (refusal === null || refusal === 'signed-already') expect(returnRefusal(lifecycle, given, person)).toBeNull();
    }),
    { numRuns: 2_000 },
  );
});

test('a plan that follows its steps comes to the end of any way, each step being done once it is past', () => {
  for (const lifecycle of WAYS) {
    let state: (typeof PLAN_STATES)[number] = 'draft';
    for (let step = nextStep(lifecycle, state); step; step = nextStep(lifecycle, state)) {
      expect(standingOf(lifecycle, step.id, state)).toBe('next');
      state = step.to;
      expect(standingOf(lifecycle, step.id, state)).toBe('done');
    }
    expect(state).toBe('official');
  }
});

describe('Qianjiang', () => {
  const lifecycle = profiles.get('qianjiang-2022')?.lifecycle as Lifecycle;
  const of = (region: string, role: Role, organ = ''): Asker => ({ region, organ, roles: new Set([role]) });
  const refusal = (id: string, state: 'draft' | 'submitted' | 'approved', person: Asker, region = '500114') => {
    const step = lifecycle.steps.find((one) => one.id === id);
    return step && stepRefusal(lifecycle, step, { state, region }, person, new Set());
  };
  test('the town applies, two organs of the district approve, the level above, 5001, confirms', () => {
    expect(refusal('submit', 'draft', of('500114102', 'drafter'), '500114102')).toBeNull();
    expect(refusal('approve', 'submitted', of('500114', 'reviewer', '政法委'))).toBeNull();
    expect(refusal('approve', 'submitted', of('500114', 'reviewer', '民政局'))).toBeNull();
    expect(refusal('approve', 'submitted', of('500114', 'reviewer', '平安办'))).toBe('not-your-organ');
    expect(refusal('approve', 'submitted', of('5001', 'reviewer', '政法委'))).toBe('not-your-region');
    expect(refusal('settle', 'approved', of('5001', 'city'))).toBeNull();
    expect(refusal('settle', 'approved', of('5002', 'city'))).toBe('not-your-region');
  });
});

describe('a way that is none is refused', () => {
  const changed = (change: (steps: Lifecycle['steps']) => void): unknown => {
    const copy = structuredClone(DEFAULT_LIFECYCLE);
    change(copy.steps);
    return copy;
  };
  test.each<[string, string, (steps: Lifecycle['steps']) => void]>([
    ['an organ twice', 'an organ signs once', ([, approve]) => approve?.organs.push('政法委')],
    ['an auditor who approves', 'the role takes no steps', ([, approve]) => Object.assign(approve ?? {}, { role: 'auditor' })],
    ['a signed draft', 'the step is not signed', ([submit]) => submit?.organs.push('政法委')],
    ['no end', 'begins with submit and ends official', (steps) => steps.pop()],
    ['a gap', 'begins where the step before it ends', (steps) => steps.splice(1, 1)],
    ['a step twice', 'a step occurs once', (steps) => Object.assign(steps[2] ?? {}, { id: 'approve' })],
    ['settled that files itself', 'filing alone leads to filed and on', ([, , settle]) => Object.assign(settle ?? {}, { to: 'filed' })],
    ['a leap', 'no such step between these states', ([, approve]) => Object.assign(approve ?? {}, { to: 'official' })],
  ])('%s', (_name, message, change) => {
    const messages = lifecycleSchema.safeParse(changed(change)).error?.issues.map((issue) => issue.message);
    expect(messages).toContain(message);
  });

  test('what the schema lets through leads from draft to official by steps that the states allow', () => {
    const step = fc.record({
      id: fc.constantFrom(...STEP_IDS),
      from: fc.uniqueArray(fc.constantFrom(...PLAN_STATES), { minLength: 1, maxLength: 2 }),
      to: fc.constantFrom(...PLAN_STATES),
      role: fc.constantFrom<Role>('drafter', 'city', 'auditor'),
      levels: fc.constant(['county']),
      organs: fc.constantFrom<string[]>([], ['政法委']),
      name: fc.constant({ zh: '步', en: 'step' }),
    });
    // Shipped ways with a few steps replaced, dropped or doubled: mostly refused, now and then legal.
    const ways = fc.tuple(way, fc.array(fc.tuple(fc.nat(4), fc.option(step)), { maxLength: 2 })).map(([lifecycle, changes]) => {
      const steps: unknown[] = structuredClone(lifecycle.steps);
      for (const [at, other] of changes) steps.splice(at, 1, ...(other ? [other] : []));
      return { steps };
    });
    fc.assert(
      fc.property(ways, (given) => {
        const { data } = lifecycleSchema.safeParse(given);
        for (const { from, to } of data?.steps ?? []) for (const state of from) expect(NEXT_STATES[state]).toContain(to);
        if (data) expect(data.steps.at(-1)?.to).toBe('official');
      }),
      { numRuns: 2_000 },
    );
  });
});
