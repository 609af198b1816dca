import type { Assertion } from '../facts/facts.ts';
import { alwaysReady } from './alwaysReady.ts';
import { appSettings } from './appSettings.ts';
import { compilesCleanly } from './compilesCleanly.ts';
import { deliveryHeals } from './delivery.ts';
import { eventTypes } from './eventTypes.ts';
import { functionNames } from './functionNames.ts';
import { identitiesAct, sharedKeysAreOff, transportIsEncrypted } from './hardening.ts';
import { hooks } from './hooks.ts';
import { monitoring } from './monitoring.ts';
import { parametersDescribed } from './parametersDescribed.ts';
import { parametersSet } from './parametersSet.ts';
import { roles } from './roles.ts';
import { secretsInOutputs } from './secretsInOutputs.ts';

/** Everything that is asserted, in the order it is told. */
export const allAssertions: readonly Assertion[] = [
  compilesCleanly,
  functionNames,
  eventTypes,
  appSettings,
  parametersDescribed,
  parametersSet,
  secretsInOutputs,
  sharedKeysAreOff,
  transportIsEncrypted,
  identitiesAct,
  deliveryHeals,
  roles,
  alwaysReady,
  monitoring,
  hooks,
];
