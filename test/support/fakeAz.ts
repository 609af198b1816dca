/**
 * Stands for `az` on the PATH of a script under test. It answers as the file answers.json beside its record says: the
 * first entry whose `when` is part of the command line, its answers one after the other, the last one for good.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Answers {
  readonly when: string;
  readonly answers: readonly ({ readonly prints: unknown } | { readonly refuses: string })[];
}

const folder = process.env.FAKE_AZ ?? '.';
const calls = join(folder, 'calls.jsonl');
const line = process.argv.slice(2).join(' ');

const earlier = existsSync(calls)
  ? readFileSync(calls, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((text): { line: string } => JSON.parse(text))
  : [];
appendFileSync(calls, `${JSON.stringify({ line, webhookUrl: process.env.WEBHOOK_URL })}\n`);

const entries: readonly Answers[] = JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8'));
const entry = entries.find(({ when }) => line.includes(when));
const count = earlier.filter((call) => entry !== undefined && call.line.includes(entry.when)).length;
const answer = entry?.answers[Math.min(count, entry.answers.length - 1)];

if (answer === undefined) {
  process.stderr.write(`ERROR: the fake has no answer to: ${line}\n`);
  process.exitCode = 2;
} else if ('refuses' in answer) {
  process.stderr.write(`ERROR: ${answer.refuses}\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(JSON.stringify(answer.prints));
}
