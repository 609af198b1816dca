/** The story of emulator/eventGrid/sampleFacts.ts at nine; the fixtures in test/fixtures/events tell the same. */
import { instantOf } from '../../emulator/clock/instant.ts';
import { sampleStory } from '../../emulator/eventGrid/sampleFacts.ts';
import type { Fact, FactType } from '../../emulator/router/engine/facts.ts';

export const NINE_AM = instantOf('2026-03-02T09:00:00Z');

export const { queue, worker, job, offer, facts: FACTS } = sampleStory(NINE_AM);

export const FACT_TYPES: readonly FactType[] = Object.values(FACTS).map((fact: Fact) => fact.type);
