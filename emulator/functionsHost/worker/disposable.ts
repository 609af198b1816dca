/** What registering something answers: a way to take it back. Apps may make their own, as in Microsoft's worker. */
export class Disposable {
  readonly #undo: () => unknown;

  static from(...parts: { dispose: () => unknown }[]): Disposable {
    return new Disposable(() => {
      for (const part of parts) part.dispose();
    });
  }

  constructor(undo: () => unknown) {
    this.#undo = undo;
  }

  dispose(): unknown {
    return this.#undo();
  }
}
