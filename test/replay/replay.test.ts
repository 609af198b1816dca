import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runStory } from '../support/runStory.ts';
import { readStory } from '../support/story.ts';

const folder = new URL('stories/', import.meta.url);

describe('replaying stories', () => {
  for (const file of readdirSync(folder).sort()) {
    const story = readStory(new URL(file, folder));
    it(story.story, async () => {
      expect(await runStory(story)).toEqual(story.then);
    });
  }
});
