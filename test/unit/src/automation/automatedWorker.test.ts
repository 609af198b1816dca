import { describe, expect, it } from 'vitest';
import { automatedWorker, traitsToNameWorker } from '../../../../src/automation/automatedWorker.ts';
import { automatedWorkers } from '../../../../src/automation/rules.ts';
import { idFrom, type WorkerId } from '../../../../src/jobRouter/ids.ts';

const entry = (name: string, members: object) => automatedWorkers.parse({ name, ...members });
const byId = entry('byId', { workers: ['bot-1', 'bot-2'] });
const byLabel = entry('byLabel', { workerLabels: { kind: 'bot' } });
const byBoth = entry('byBoth', { workers: ['bot-1'], workerLabels: { kind: 'bot' } });
const off = entry('off', { workers: ['bot-1'], enabled: false });

const bot1 = idFrom<WorkerId>('bot-1');
const ann = idFrom<WorkerId>('ann');

describe('an automated worker', () => {
  it.each([
    ['by its id', [byId], { workerId: bot1 }, 'byId'],
    ['by its labels', [byLabel], { workerId: ann, workerLabels: { kind: 'bot' } }, 'byLabel'],
    ['by both', [byBoth], { workerId: bot1, workerLabels: { kind: 'bot' } }, 'byBoth'],
    ['by the first entry that names it', [byLabel, byId], { workerId: bot1, workerLabels: {} }, 'byId'],
    ['by no other id', [byId], { workerId: ann }, undefined],
    ['by no other labels', [byLabel], { workerId: bot1, workerLabels: { kind: 'person' } }, undefined],
    [
      'by labels alone where an id is asked for too',
      [byBoth],
      { workerId: ann, workerLabels: { kind: 'bot' } },
      undefined,
    ],
    ['by labels that nobody knows', [byLabel], { workerId: bot1 }, undefined],
    ['by an entry that is switched off', [off], { workerId: bot1 }, undefined],
    ['by nothing', [], { workerId: bot1 }, undefined],
  ])('is named %s', (_how, entries, traits, name) => {
    expect(automatedWorker(entries, traits)?.name).toBe(name);
  });
});

describe('its labels', () => {
  it.each([
    ['are asked for where they decide', [byLabel], { workerId: bot1 }, ['workerLabels']],
    [
      'are asked for where they decide which entry it is',
      [byBoth, byId],
      { workerId: bot1 },
      ['workerLabels'],
    ],
    ['are not asked for where the id has decided before', [byId, byLabel], { workerId: bot1 }, []],
    ['are not asked for where another id is meant', [byBoth], { workerId: ann }, []],
    ['are not asked for twice', [byLabel], { workerId: bot1, workerLabels: {} }, []],
    ['are not asked for by an entry that is switched off', [off], { workerId: bot1 }, []],
  ])('%s', (_what, entries, traits, missing) => {
    expect([...traitsToNameWorker(entries, traits)]).toEqual(missing);
  });
});

it.each([[{}], [{ workers: [] }], [{ workerLabels: {} }]])(
  'an entry with %j would name everybody or nobody, and is refused',
  (members) => {
    expect(automatedWorkers.safeParse({ name: 'it', ...members }).success).toBe(false);
  },
);
