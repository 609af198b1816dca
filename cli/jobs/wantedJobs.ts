/** Jobs that are to be submitted, as they are written down. */
import * as z from 'zod';
import { inputProblems } from '../../src/input/inputProblems.ts';
import { readText } from '../../src/input/text/readText.ts';
import { jobInput } from '../../src/jobRouter/inputs/jobInput.ts';
import { resourceId } from '../../src/jobRouter/wire.ts';
import { CommandFailed } from '../terminal/commandFailed.ts';
import type { Pair } from '../terminal/optionValues.ts';

const wantedJob = jobInput.safeExtend({ id: resourceId.optional() });
export type WantedJob = z.infer<typeof wantedJob>;

/** A job in the words of the command line. */
export interface JobWords {
  readonly id?: string;
  readonly channel?: string;
  readonly queue?: string;
  readonly policy?: string;
  readonly priority?: number;
  readonly reference?: string;
  readonly label?: readonly Pair[];
  readonly tag?: readonly Pair[];
}

const optionsOf: Readonly<Record<string, string>> = { channelId: '--channel', queueId: '--queue' };

/** @throws CommandFailed with everything that is missing. */
export function jobFromOptions(words: JobWords): WantedJob {
  const { id, channel, queue, policy, priority, reference, label, tag } = words;
  const value = {
    id,
    channelId: channel,
    queueId: queue,
    classificationPolicyId: policy,
    priority,
    channelReference: reference,
    ...(label && { labels: Object.fromEntries(label) }),
    ...(tag && { tags: Object.fromEntries(tag) }),
  };
  const given = Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined));
  const read = wantedJob.safeParse(given);
  if (read.success) return read.data;
  throw new CommandFailed({
    message: 'This is no job yet.',
    faults: inputProblems(read.error, given).map(({ pointer, detail }) => ({
      place: optionsOf[pointer.slice(1)] ?? pointer,
      detail,
    })),
    fix: 'give --channel, and --queue or --policy; or a file',
  });
}

/** @throws CommandFailed with everything that is wrong with the text. */
export function jobsIn(text: string, path: string): readonly WantedJob[] {
  const content = readText(text);
  if (content.kind === 'invalid') {
    throw new CommandFailed({
      message: `${path} is neither JSON nor YAML; nothing was submitted.`,
      faults: content.problems.map(({ expected, line, column }) => ({
        place: [path, line, column].filter((part) => part !== undefined).join(':'),
        detail: expected,
      })),
    });
  }
  const value = Array.isArray(content.value) ? content.value : [content.value];
  const read = z.array(wantedJob).safeParse(value);
  if (read.success) return read.data;
  throw new CommandFailed({
    message: `${path} has jobs that cannot be submitted; nothing was submitted.`,
    faults: inputProblems(read.error, value).map(({ pointer, detail }) => ({
      place: Array.isArray(content.value) ? pointer : pointer.replace(/^\/0/, ''),
      detail,
    })),
  });
}
