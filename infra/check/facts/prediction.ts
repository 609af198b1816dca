/** What a deployment would make, as the compiler evaluates the templates without Azure. */
import * as z from 'zod';

const resource = z.object({
  type: z.string(),
  /** A path, or the expression it will come from. */
  id: z.string().default(''),
  name: z.string(),
  identity: z.record(z.string(), z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).default({}),
});

export const prediction = z.object({
  predictedResources: z.array(resource),
  diagnostics: z.array(z.string()),
  outputs: z.record(z.string(), z.unknown()).default({}),
});

export type PredictedResource = z.infer<typeof resource>;

export interface Prediction extends z.infer<typeof prediction> {
  readonly scenario: string;
}

/** The value at a dotted path, `siteConfig.minTlsVersion`; nothing where the path ends early. */
export function valueAt(value: unknown, path: string): unknown {
  let current: unknown = value;
  for (const step of path.split('.')) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = Reflect.get(current, step);
  }
  return current;
}

/** The same, where a list of texts is expected. */
export const textsAt = (value: unknown, path: string): readonly string[] =>
  z.array(z.string()).catch([]).parse(valueAt(value, path));

export const resourcesOf = (all: Prediction, type: string): readonly PredictedResource[] =>
  all.predictedResources.filter((one) => one.type.toLowerCase() === type.toLowerCase());
