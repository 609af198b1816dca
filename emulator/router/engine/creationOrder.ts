/**
 * Resources by id that can also be read from the newest back, beginning anywhere, without looking at the rest.
 * A Map alone keeps the order of creation, but can be walked from its oldest entry only.
 */
export interface Created<State> {
  /** Larger than that of everything created before. */
  readonly number: number;
  readonly state: State;
}

interface Entry<Id, State> {
  readonly id: Id;
  readonly number: number;
  /** Undefined once the resource was deleted. */
  state: State | undefined;
}

/** So many entries of deleted resources are always put up with. */
const TOLERATED_GAPS = 64;

export class ResourceMap<Id, State extends object> {
  readonly #byId = new Map<Id, Entry<Id, State>>();
  /** Oldest first. An entry whose resource was deleted stays until there are many. */
  #entries: Entry<Id, State>[] = [];
  #given = 0;

  get size(): number {
    return this.#byId.size;
  }

  has(id: Id): boolean {
    return this.#byId.has(id);
  }

  get(id: Id): State | undefined {
    return this.#byId.get(id)?.state;
  }

  /** Gives what was there before. One look into the map writes a resource that is there already, as most writes do. */
  set(id: Id, state: State): State | undefined {
    const present = this.#byId.get(id);
    if (present) {
      const before = present.state;
      present.state = state;
      return before;
    }
    const entry = { id, number: ++this.#given, state };
    this.#byId.set(id, entry);
    this.#entries.push(entry);
    return undefined;
  }

  /** Tells whether it was there. */
  delete(id: Id): boolean {
    const entry = this.#byId.get(id);
    if (!entry) return false;
    entry.state = undefined;
    this.#byId.delete(id);
    if (this.#entries.length > 2 * this.size + TOLERATED_GAPS) {
      this.#entries = this.#entries.filter(({ state }) => state !== undefined);
    }
    return true;
  }

  /** Oldest first. What is deleted on the way is not met. */
  *values(): Generator<State, void, undefined> {
    for (const { state } of this.#entries) if (state !== undefined) yield state;
  }

  /** What was created before the resource of this number, or everything. Newest first. */
  *newestFirst(before = Number.POSITIVE_INFINITY): Generator<Created<State>, void, undefined> {
    for (let place = this.#placeOf(before) - 1; place >= 0; place -= 1) {
      const entry = this.#entries[place];
      if (entry?.state !== undefined) yield { number: entry.number, state: entry.state };
    }
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
