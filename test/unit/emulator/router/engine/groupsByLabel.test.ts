import fc from 'fast-check';
import { expect, it } from 'vitest';
import { GroupsByLabel } from '../../../../../emulator/router/engine/groupsByLabel.ts';
import { JobGroup } from '../../../../../emulator/router/engine/jobGroup.ts';
import type { WorkerSelector } from '../../../../../emulator/router/engine/model/selectors.ts';
import { satisfiesAll, signatureOf } from '../../../../../emulator/router/engine/selectors.ts';

const key = fc.constantFrom('team', 'language');
const value = fc.constantFrom('fr', 'de', 1, 2, true);
const selector: fc.Arbitrary<WorkerSelector> = fc.record({
  key,
  labelOperator: fc.constantFrom('equal', 'equal', 'notEqual', 'lessThan'),
  value,
  expedite: fc.constant(false),
  status: fc.constant('active'),
});

it('leads to every group that somebody with these labels could serve, and to nobody that was removed', () => {
  const groups = fc.array(fc.array(selector, { maxLength: 3 }), { maxLength: 20 });
  fc.assert(
    fc.property(groups, fc.dictionary(key, value), (all, labels) => {
      const created = all.map((selectors) => new JobGroup(signatureOf('voice', selectors)));
      const filed = new GroupsByLabel(created);
      const [gone, kept] = [created.slice(0, 5), created.slice(5)];
      for (const group of gone) filed.remove(group);
      const led = [...filed.leadingFrom(labels)];
      const servable = kept.filter(({ signature }) => satisfiesAll(labels, signature.selectors));
      expect(led).toEqual(expect.arrayContaining(servable));
      expect(led.filter((group) => gone.includes(group))).toEqual([]);
      expect(new Set(led).size).toBe(led.length);
    }),
    { seed: 20260302, numRuns: 300 },
  );
});

it('does not lead to the groups of labels that somebody does not have', () => {
  const filed = new GroupsByLabel();
  const teams = Array.from({ length: 50 }, (_, team) => {
    const group = new JobGroup(
      signatureOf('voice', [
        { key: 'team', labelOperator: 'equal', value: team, expedite: false, status: 'active' },
      ]),
    );
    filed.add(group);
    return group;
  });
  expect([...filed.leadingFrom({ team: 7 })]).toEqual([teams[7]]);
  expect([...filed.leadingFrom({})]).toEqual([]);
});
