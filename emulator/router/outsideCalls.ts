/** Puts the engine's questions to the functions and webhooks of rules, and hands back what came of them. */
import * as z from 'zod';
import type { Clock } from '../clock/clock.ts';
import { ANSWER_WINDOW_MILLISECONDS, outcomeOf, type ReceivedAnswer, type Send } from '../eventGrid/send.ts';
import { parseJson } from '../http/json.ts';
import type { OutsideOutcome } from './engine/commands.ts';
import type { OutsideCall } from './engine/engine.ts';
import type { OutsideCallId } from './engine/ids.ts';
import type { FunctionCredential, FunctionRule, WebhookRule } from './engine/model/rules.ts';
import type { Json } from './engine/model/values.ts';

export interface OutsideCallsOptions {
  readonly send: Send;
  /** Runs each call, so that a clock that stands still moves on only when the answer is there. */
  readonly clock: Clock;
  /** Where we guessed: 30 seconds, as for events. Nobody publishes how long a rule may take. */
  readonly answerWithinMilliseconds?: number;
  readonly onAnswer: (callId: OutsideCallId, outcome: OutsideOutcome) => void;
}

export interface OutsideCalls {
  make(call: OutsideCall): void;
  /** From now on no answer is handed in, so that nobody is woken who has gone to rest. */
  close(): void;
}

type Headers = Readonly<Record<string, string>>;

/** What is wrong with a call, in words for those who read a job's classification errors. */
class CallProblem extends Error {
  override readonly name = 'CallProblem';
}

export function createOutsideCalls(options: OutsideCallsOptions): OutsideCalls {
  const { send, clock, onAnswer, answerWithinMilliseconds = ANSWER_WINDOW_MILLISECONDS } = options;
  let isClosed = false;

  async function post(who: string, url: string, headers: Headers, body: string): Promise<Json> {
    if (!URL.canParse(url)) throw new CallProblem(`${who} has an address that is none: ${url}`);
    const outcome = await outcomeOf(send, { method: 'POST', url, headers, body, answerWithinMilliseconds });
    if (outcome.kind === 'answered') return jsonOf(who, url, outcome.answer);
    throw new CallProblem(`${who} ${placeOf(url)} did not answer: ${outcome.message}`);
  }

  async function askFunction({ functionUri, credential }: FunctionRule, payload: Json): Promise<Json> {
    const headers = { ...JSON_BODY, ...keyHeaders(credential) };
    return post('The function', functionUri, headers, JSON.stringify(payload));
  }

  /** Where we guessed: the payload, and what an answer means, are those of functions. */
  async function askWebhook(rule: WebhookRule, payload: Json): Promise<Json> {
    if (rule.webhookUri === undefined) throw new CallProblem('The webhook rule has no webhookUri');
    const headers = { ...JSON_BODY, ...(await authorization(rule)) };
    return post('The webhook', rule.webhookUri, headers, JSON.stringify(payload));
  }

  /**
   * Where we guessed: the credential goes in the form, a token is fetched for every call, and a rule without an
   * authorization server is called without a token.
   */
  async function authorization({ authorizationServerUri, clientCredential }: WebhookRule): Promise<Headers> {
    if (authorizationServerUri === undefined) return {};
    const { clientId, clientSecret } = clientCredential ?? {};
    const form = new URLSearchParams({ grant_type: 'client_credentials' });
    if (clientId !== undefined) form.set('client_id', clientId);
    if (clientSecret !== undefined) form.set('client_secret', clientSecret);
    const who = 'The authorization server';
    const answer = tokenAnswer.safeParse(await post(who, authorizationServerUri, FORM_BODY, form.toString()));
    if (answer.success) return { authorization: `Bearer ${answer.data.access_token}` };
    throw new CallProblem(`${who} ${placeOf(authorizationServerUri)} answered without an access_token`);
  }

  const valueFor = ({ rule, payload }: OutsideCall): Promise<Json> =>
    rule.kind === 'function' ? askFunction(rule, payload) : askWebhook(rule, payload);

  async function ask(call: OutsideCall): Promise<OutsideOutcome> {
    try {
      return { kind: 'answered', value: await valueFor(call) };
    } catch (error) {
      if (error instanceof CallProblem) return { kind: 'failed', message: error.message };
      throw error;
    }
  }

  return {
    make(call) {
      clock.at(clock.now(), async () => {
        const outcome = await ask(call);
        if (!isClosed) onAnswer(call.callId, outcome);
      });
    },
    close() {
      isClosed = true;
    },
  };
}

const JSON_BODY: Headers = { 'content-type': 'application/json' };
const FORM_BODY: Headers = {
  'content-type': 'application/x-www-form-urlencoded',
  accept: 'application/json',
};

const tokenAnswer = z.lazy(() => z.object({ access_token: z.string() }));

/**
 * Where we guessed: keys travel as Azure Functions reads them. A key may also be the `code` of the address, which
 * goes along as it is.
 */
function keyHeaders({ functionKey, appKey, clientId }: FunctionCredential = {}): Headers {
  if (functionKey !== undefined) return { 'x-functions-key': functionKey };
  if (appKey === undefined) return {};
  return { 'x-functions-key': appKey, ...(clientId !== undefined && { 'x-functions-clientid': clientId }) };
}

/** Documented: success is 200 and nothing else. */
function jsonOf(who: string, url: string, { status, body }: ReceivedAnswer): Json {
  if (status !== 200) throw new CallProblem(`${who} ${placeOf(url)} answered ${status} instead of 200`);
  const value = parsed(body);
  if (value === undefined)
    throw new CallProblem(`${who} ${placeOf(url)} answered with something that is not JSON`);
  return value;
}

/** Undefined for what is not JSON, or could not be written as JSON again: 1e999 is read as Infinity. */
function parsed(body: string): Json | undefined {
  try {
    return z.json().safeParse(parseJson(body)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Without the query, which may carry a key. */
function placeOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `at ${origin}${pathname}`;
}
