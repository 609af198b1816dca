/** Why a subscription did not come about, told so that the reader knows what to change. */
import { endpointKindOf } from './retry.ts';
import type { OutgoingRequest, SendOutcome } from './send.ts';

export interface SubscriptionProblem {
  readonly code: 'InvalidRequest' | 'HandshakeFailed' | 'AwaitingManualAction' | 'Superseded';
  /** The whole story in a few sentences. */
  readonly message: string;
  /** What was sent, and where. */
  readonly sent?: string;
  readonly received?: string;
  readonly wanted?: string;
  readonly fix?: string;
}

/** Nobody was subscribed: the request was wrong, or the endpoint did not show that it wants events. */
export class SubscriptionRefused extends Error {
  override readonly name = 'SubscriptionRefused';
  readonly problem: SubscriptionProblem;

  constructor(subscription: string, problem: SubscriptionProblem) {
    super(`Subscription "${subscription}" was refused. ${problem.message}`);
    this.problem = problem;
  }
}

const LONGEST_BODY_SHOWN = 300;

/** Explains one handshake; with a validation URL the story still has an open end. */
export function explainRefusal(request: OutgoingRequest, outcome: SendOutcome, wanted: string) {
  return (validationUrl?: string): SubscriptionProblem => {
    const sent = `${whatWasSent(request)} to ${request.url}`;
    const received = whatCameBack(outcome);
    const fix = validationUrl
      ? `answer as wanted, or open ${validationUrl} within 10 minutes`
      : likelyFix(request, outcome);
    return {
      code: validationUrl ? 'AwaitingManualAction' : 'HandshakeFailed',
      message: `Event Grid sent ${sent} and received ${received}; it wants ${wanted}. To mend it: ${fix}.`,
      sent,
      received,
      wanted,
      fix,
    };
  };
}

const whatWasSent = ({ method }: OutgoingRequest) =>
  method === 'POST' ? 'a SubscriptionValidation event (POST)' : 'a CloudEvents validation request (OPTIONS)';

function whatCameBack(outcome: SendOutcome): string {
  if (outcome.kind === 'unanswered') return `no answer (${outcome.reason}: ${outcome.message})`;
  const { status, headers, body } = outcome.answer;
  const origin = headers['webhook-allowed-origin'];
  const shown = body.length > LONGEST_BODY_SHOWN ? `${body.slice(0, LONGEST_BODY_SHOWN)}…` : body;
  return [
    `status ${status}`,
    ...(origin === undefined ? [] : [`WebHook-Allowed-Origin ${[origin].flat().join(', ')}`]),
    shown === '' ? 'an empty body' : `the body ${shown}`,
  ].join(' with ');
}

function likelyFix(request: OutgoingRequest, outcome: SendOutcome): string {
  if (outcome.kind === 'unanswered') {
    return outcome.reason === 'TimedOut'
      ? 'answer the handshake at once and do the work of starting elsewhere'
      : 'start the endpoint before subscribing it, and check host and port of the URL';
  }
  const isFunction = endpointKindOf(request.url) === 'azureResource';
  switch (outcome.answer.status) {
    case 200:
      return request.method === 'POST'
        ? 'echo data.validationCode of the validation event as validationResponse'
        : 'echo WebHook-Request-Origin as WebHook-Allowed-Origin';
    case 202:
      return 'answer the handshake with 200; 202 counts for deliveries only';
    case 401:
    case 403:
      return 'put the key the endpoint asks for into its URL or into deliveryHeaders';
    case 404:
      return isFunction
        ? 'check that functionName in the URL is a function the host has loaded'
        : 'check the path of the URL';
    case 405:
      return `let the endpoint accept ${request.method}`;
    default:
      return 'look at the log of the endpoint: it met the handshake with an error';
  }
}
