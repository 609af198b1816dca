/**
 * Fixture events, bent: members taken away, put in twice, renamed, retyped, made deep, huge or strange. What comes out is
 * JSON that somebody could send.
 */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';

const folder = new URL('../fixtures/events/', import.meta.url);

const fixtures: readonly string[] = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.json') && !path.endsWith('provenance.json'))
  .toSorted()
  .map((path) => readFileSync(new URL(path.replaceAll('\\', '/'), folder), 'utf8'));

const deep = (depth: number): unknown => Array.from({ length: depth }).reduce((inner) => ({ inner }), null);

const strange = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1e308,
    '',
    ' ',
    '0',
    '9007199254740993',
    '2026-13-45T99:99:99Z',
    '-271821-04-20T00:00:00Z',
    'P99999999999999999999D',
    '\u0000',
    '\ud800',
    '💥 ‮ ـ',
    '{"eventType":"Microsoft.Communication.RouterJobClosed"}',
    'x'.repeat(20_000),
    deep(300),
    [],
    [[]],
    {},
    { length: -1 },
  ),
  fc.jsonValue({ maxDepth: 3 }),
);

const key = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '',
  'id',
  'type',
  'eventType',
  'data',
  'data_base64',
  'jobId',
  'workerId',
  'labels',
  'workerLabels',
);

const change = fc.record({
  where: fc.nat(),
  how: fc.constantFrom('replace', 'remove', 'twice', 'rename', 'text', 'add'),
  value: strange,
  key,
});
type Change = typeof change extends fc.Arbitrary<infer One> ? One : never;

/** Bent a few times, or not an event at all. */
export const mutatedEvent: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 19,
    arbitrary: fc.tuple(fc.constantFrom(...fixtures), fc.array(change, { maxLength: 5 })).map(bent),
  },
  { weight: 1, arbitrary: strange },
);

function bent([fixture, changes]: readonly [string, readonly Change[]]): unknown {
  // In an object of its own, the whole event is a member that can be bent too.
  const holder: { event: unknown } = { event: JSON.parse(fixture) };
  // Copies, for what is put in can itself be bent by the next change, and the strange values serve every event.
  for (const one of changes) bend(holder, { ...one, value: structuredClone(one.value) });
  return holder.event;
}

function bend(holder: object, { where, how, value, key: name }: Change): void {
  const places = placesIn(holder);
  const place = places[where % places.length];
  if (place === undefined) return;
  const [target, member] = place;
  const present: unknown = Reflect.get(target, member);
  if (how === 'remove' || how === 'rename') Reflect.deleteProperty(target, member);
  if (how === 'replace') put(target, member, value);
  if (how === 'twice') put(target, member, [present, present]);
  if (how === 'text') put(target, member, JSON.stringify(present));
  if (how === 'rename') put(target, name, present);
  if (how === 'add') put(target, name, value);
}

/** As JSON.parse does it: `__proto__` becomes a member like any other. */
function put(target: object, member: string, value: unknown): void {
  Object.defineProperty(target, member, { value, enumerable: true, configurable: true, writable: true });
}

type Place = readonly [object, string];

/** Every member of every object within, with the object it is in; not deeper than anybody would bend. */
function placesIn(target: object, places: Place[] = [], depth = 0): readonly Place[] {
  for (const [member, value] of Object.entries(target)) {
    places.push([target, member]);
    if (depth < 5 && typeof value === 'object' && value !== null) placesIn(value, places, depth + 1);
  }
  return places;
}

/** How long a fuzz test goes on: `FUZZ_RUNS` inputs from the seed `FUZZ_SEED`, where those are set. */
export function fuzzing(runs: number) {
  const numRuns = Number(process.env.FUZZ_RUNS ?? runs);
  return {
    parameters: { numRuns, seed: Number(process.env.FUZZ_SEED ?? 20_260_302) },
    /** Enough for a machine that has much else to do. */
    limits: { timeout: 60_000 + numRuns * 10 },
  };
}
