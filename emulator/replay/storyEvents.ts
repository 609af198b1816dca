import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** An event of a story: a fixture, with one stated difference where the story needs one. */
export const storyEvent = z.strictObject({
  /** A file under test/fixtures/events. */
  event: z.string(),
  /** The difference from the file: members by their path, as `data.expiresOn`. */
  with: z.record(z.string(), z.unknown()).optional(),
  /** The function it is handed to; by default the one subscribed to its type. */
  to: z.string().optional(),
});
export type StoryEvent = z.infer<typeof storyEvent>;

/** The raw event, whole, with the story's stated difference. */
export function readStoryEvent({ event, with: difference = {} }: StoryEvent, fixtures: URL): unknown {
  const raw: unknown = JSON.parse(readFileSync(new URL(event, fixtures), 'utf8'));
  return Object.entries(difference).reduce(
    (changed, [path, value]) => withMember(changed, path.split('.'), value),
    raw,
  );
}

function withMember(target: unknown, [member, ...rest]: readonly string[], value: unknown): unknown {
  if (member === undefined) return value;
  const object = z.record(z.string(), z.unknown()).parse(target);
  return { ...object, [member]: withMember(object[member], rest, value) };
}
