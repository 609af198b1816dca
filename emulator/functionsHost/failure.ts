import { messageOf } from '../messageOf.ts';

/** Why a host could not start. */
export type StartFailure =
  | 'noPackage'
  | 'noMain'
  | 'noEntryFile'
  | 'entryFileThrew'
  | 'noFunctions'
  | 'unsupportedBinding'
  | 'badFunction'
  | 'badSettings'
  | 'httpStreaming'
  | 'portTaken'
  | 'cannotListen';

/** The host did not start. The message is meant for the person who started it; `cause` holds the original error. */
export class FunctionsHostFailure extends Error {
  override readonly name = 'FunctionsHostFailure';
  readonly kind: StartFailure;

  constructor(kind: StartFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/** As `messageOf`, with the place it came from where that is known. */
export const detailOf = (thrown: unknown): string =>
  thrown instanceof Error ? (thrown.stack ?? thrown.message) : messageOf(thrown);
