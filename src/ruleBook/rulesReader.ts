import type { Format } from '../input/text/readText.ts';

/** Where rules are read from, again and again. */
export interface RulesReader {
  /** As problems name it. Holds no secret. */
  readonly name: string;
  /** What the document is written in. Absent: told from its text. */
  readonly format?: Format | undefined;
  /** For how long what was read is taken for current. */
  readonly looksAgainAfterSeconds: number;
  /** The document, unless it is still the one of `version`. Throws where it cannot be read now. */
  read(version: string | undefined): Promise<RulesDocument | 'unchanged'>;
}

/** A document, not believed yet. */
export interface RulesDocument {
  readonly text: string;
  /** Differs from that of every other content. Absent: nobody knows, so it is read whole the next time. */
  readonly version?: string | undefined;
}
