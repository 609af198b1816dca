/** What the admin endpoints say about functions, and how they run one by hand. */
import * as z from 'zod';
import { messageOf } from '../../messageOf.ts';
import type { TriggeredFunction } from '../triggers/trigger.ts';
import type { TriggerPayload } from '../worker/invocation.ts';
import type { RegisteredFunction } from '../worker/rpc.ts';
import { type HostRequest, type HostResponse, json, parseJsonBody, text } from './exchange.ts';

const handInvocation = z.looseObject({ input: z.string('"input" is a text').nullish() });

export interface AdminFunctionsParts {
  readonly functions: readonly TriggeredFunction[];
  /** Starts an invocation nobody waits for. */
  readonly runInBackground: (fn: RegisteredFunction, payload: TriggerPayload) => void;
}

/** A function the way the admin API describes it. */
function descriptionOf({ fn, describe }: TriggeredFunction, baseUrl: string) {
  const { name, triggerType, urls, note } = describe(baseUrl);
  const bindings = Object.entries(fn.metadata.bindings).map(([bindingName, binding]) => ({
    ...binding,
    name: bindingName,
  }));
  return {
    name,
    href: `${baseUrl}/admin/functions/${name}`,
    invoke_url_template: triggerType === 'httpTrigger' ? urls[0] : null,
    language: 'node',
    isDisabled: false,
    config: { name, bindings },
    ...(note !== undefined && { note }),
  };
}

export function createAdminFunctions({ functions, runInBackground }: AdminFunctionsParts) {
  /** Answers for the function of that name, whatever its case, or says which there are. */
  function forNamed(name: string, answer: (found: TriggeredFunction) => HostResponse): HostResponse {
    const found = functions.find(({ fn }) => fn.metadata.name.toLowerCase() === name.toLowerCase());
    if (found) return answer(found);
    const known = functions.map(({ fn }) => fn.metadata.name).join(', ');
    return text(404, `There is no function "${name}". Functions here: ${known}.`);
  }

  return {
    list({ url }: HostRequest): HostResponse {
      const descriptions = functions.map((found) => descriptionOf(found, url.origin));
      return json(200, descriptions);
    },

    describe: ({ url }: HostRequest, name: string): HostResponse =>
      forNamed(name, (found) => json(200, descriptionOf(found, url.origin))),

    status: (_request: HostRequest, name: string): HostResponse => forNamed(name, () => json(200, {})),

    run(request: HostRequest, name: string): HostResponse {
      const body = parseJsonBody(request, handInvocation);
      if ('problem' in body) {
        return text(400, `The body must be JSON of the form {"input":"text"}: ${body.problem}`);
      }
      const input = body.value.input ?? '';
      return forNamed(name, ({ fn, payloadOf }) => {
        try {
          runInBackground(fn, payloadOf(input));
        } catch (error) {
          return text(400, `The input does not fit the trigger of "${name}": ${messageOf(error)}`);
        }
        return { status: 202 };
      });
    },
  };
}
