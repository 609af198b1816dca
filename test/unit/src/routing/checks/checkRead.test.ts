import { describe, expect, it } from 'vitest';
import { checkRead } from '../../../../../src/routing/checks/checkRead.ts';
import { readRoutingDocument } from '../../../../../src/routing/document/readRoutingDocument.ts';
import type { Live, LiveResource } from '../../../../../src/routing/model.ts';

const none: ReadonlyMap<string, LiveResource> = new Map();
const empty: Live = {
  resources: {
    distributionPolicies: none,
    classificationPolicies: none,
    exceptionPolicies: none,
    queues: none,
    workers: none,
    jobs: none,
  },
  unread: 0,
  calls: 0,
};

const pathsOf = (text: string) =>
  checkRead(readRoutingDocument(text), empty).problems.map(({ path, line }) => `${path} in ${line}`);

describe('what is wrong with a document', () => {
  it('is one list, whether it is misspelt, missing, in a circle, twice or out of reach', () => {
    const text = `
distributionPolicies:
  - { id: p, offerExpiresAfterSeconds: soon, mode: { kind: longestIdle } }
classificationPolicies: [{ id: c, fallbackQueueId: q }]
exceptionPolicies:
  - id: e
    exceptionRules:
      - id: r
        trigger: { kind: waitTime, thresholdSeconds: 30 }
        actions: [{ kind: reclassify, classificationPolicyId: c }]
queues:
  - { id: q, distributionPolicyId: p, exceptionPolicyId: e }
  - { id: q, distributionPolicyId: p }
  - { id: q2, distributionPolicyId: lost }
  - nothing of the kind
workers:
  - { id: w, capacity: 1, queues: [q], channels: [{ channelId: voice, capacityCostPerJob: 1 }] }
jobs:
  - { id: j, channelId: voice, queueId: q, requestedWorkerSelectors: [{ key: Skill, labelOperator: equal, value: 1 }] }
automation: { rules: [{ name: r, colour: red, rescue: { fallbackQueue: nowhere } }] }
`;
    expect(pathsOf(text)).toEqual([
      'distributionPolicies[0].offerExpiresAfterSeconds in 3',
      'queues[1].id in 13',
      'queues[3] in 15',
      'automation.rules[0].colour in 20',
      'queues[2].distributionPolicyId in 14',
      'automation.rules[0].rescue.fallbackQueue in 20',
      'classificationPolicies[0].fallbackQueueId in 4',
      'jobs[0].requestedWorkerSelectors in 19',
    ]);
  });

  it('is told once where a value is wrong for two reasons', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of documents, not of JavaScript
    expect(pathsOf('queues: [{ id: q, distributionPolicyId: "${env:NOBODY}" }]')).toEqual([
      'queues[0].distributionPolicyId in 1',
    ]);
  });

  it('is its text alone where that is no data', () => {
    expect(pathsOf('{"queues": [')).toEqual([' in 1']);
  });
});
