/**
 * A Map of resources that can also be read from the newest back, beginning anywhere, without looking at the rest.
 * A Map alone keeps the order of creation, but can be walked from its oldest entry only.
 */
export interface Created<State> {
  /** Larger than that of everything created before. */
  readonly number: number;
  readonly state: State;
}

interface Entry<Id> {
  readonly id: Id;
  readonly number: number;
}

/** So many entries of deleted resources are always put up with. */
const TOLERATED_GAPS = 64;

export class ResourceMap<Id, State> extends Map<Id, State> {
  /** Oldest first. An entry whose resource was deleted stays until there are many. */
  #entries: Entry<Id>[] = [];
  readonly #numbers = new Map<Id, number>();
  #given = 0;

  override set(id: Id, state: State): this {
    if (!this.has(id)) {
      const number = ++this.#given;
      this.#numbers.set(id, number);
      this.#entries.push({ id, number });
    }
    return super.set(id, state);
  }

  override delete(id: Id): boolean {
    this.#numbers.delete(id);
    const wasThere = super.delete(id);
    if (this.#entries.length > 2 * this.size + TOLERATED_GAPS) {
      this.#entries = this.#entries.filter((entry) => this.#isPresent(entry));
    }
    return wasThere;
  }

  /** What was created before the resource of this number, or everything. Newest first. */
  *newestFirst(before = Number.POSITIVE_INFINITY): Generator<Created<State>, void, undefined> {
    for (let place = this.#placeOf(before) - 1; place >= 0; place -= 1) {
      const entry = this.#entries[place];
      const state = entry && this.get(entry.id);
      if (entry && state !== undefined && this.#isPresent(entry)) yield { number: entry.number, state };
    }
  }

  #isPresent({ id, number }: Entry<Id>): boolean {
    return this.#numbers.get(id) === number;
  }

  /** How many entries have a smaller number. */
  #placeOf(number: number): number {
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#entries[middle]?.number ?? number) < number) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
