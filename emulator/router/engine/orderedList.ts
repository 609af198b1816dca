/**
 * Items kept in order, for tens of thousands of them. They lie in short runs, so that adding and removing moves
 * a few hundred neighbours at most, however long the list is.
 */
const LONGEST_RUN = 256;

export class OrderedList<Item> {
  readonly #isBefore: (a: Item, b: Item) => boolean;
  /** At hand, because that is where most items come and go. */
  #first: Item[] = [];
  #last = this.#first;
  /** From the first to the last, which are one to begin with. None is empty unless it is the only one. */
  readonly #runs = [this.#first];
  #length = 0;

  /** `isBefore` must tell every two different items apart. */
  constructor(isBefore: (a: Item, b: Item) => boolean) {
    this.#isBefore = isBefore;
  }

  first(): Item | undefined {
    return this.#first[0];
  }

  get length(): number {
    return this.#length;
  }

  /** How many items come before this one. Counts runs, not items. */
  rankOf(item: Item): number {
    const index = this.#runFor(item);
    let rank = 0;
    for (let earlier = 0; earlier < index; earlier += 1) rank += this.#runs[earlier]?.length ?? 0;
    return rank + this.#placeIn(this.#runs[index] ?? [], item);
  }

  /** The item that has `rank` items before it. */
  at(rank: number): Item | undefined {
    let left = rank;
    for (const run of this.#runs) {
      if (left < run.length) return run[left];
      left -= run.length;
    }
    return undefined;
  }

  /** What goes behind everything else, as the youngest does, is put there without a search. */
  add(item: Item): void {
    this.#length += 1;
    const last = this.#last;
    if (isAtEnd(last, item, this.#isBefore)) this.#insert(item, last, last.length);
    else {
      const run = this.#runs[this.#runFor(item)] ?? last;
      this.#insert(item, run, this.#placeIn(run, item));
    }
  }

  #insert(item: Item, run: Item[], place: number): void {
    if (place === run.length) run.push(item);
    else run.splice(place, 0, item);
    if (run.length <= LONGEST_RUN) return;
    this.#runs.splice(this.#runs.indexOf(run) + 1, 0, run.splice(run.length >> 1));
    this.#noteEnds();
  }

  #noteEnds(): void {
    this.#first = this.#runs[0] ?? this.#first;
    this.#last = this.#runs.at(-1) ?? this.#last;
  }

  /**
   * Removes the item that is neither before nor after the given one; does nothing when there is none. The first one,
   * which is whose turn it is, needs no search.
   */
  remove(item: Item): void {
    if (this.#length === 0) return;
    const first = this.#first;
    if (first[0] === item) {
      first.shift();
      this.#removed(first);
      return;
    }
    const run = this.#runs[this.#runFor(item)];
    if (!run) return;
    const place = this.#placeIn(run, item);
    const found = run[place];
    if (found === undefined || this.#isBefore(item, found)) return;
    run.splice(place, 1);
    this.#removed(run);
  }

  #removed(run: Item[]): void {
    this.#length -= 1;
    if (run.length > 0 || this.#runs.length === 1) return;
    this.#runs.splice(this.#runs.indexOf(run), 1);
    this.#noteEnds();
  }

  *[Symbol.iterator](): Generator<Item, void, undefined> {
    for (const run of this.#runs) for (const item of run) yield item;
  }

  /** All items, beginning with the first one after `item` and ending with those before it. */
  *startingAfter(item: Item): Generator<Item, void, undefined> {
    const index = this.#runFor(item);
    const run = this.#runs[index] ?? [];
    const place = lowerBound(run, (candidate) => !this.#isBefore(item, candidate));
    yield* run.slice(place);
    for (const later of this.#runs.slice(index + 1)) yield* later;
    for (const earlier of this.#runs.slice(0, index)) yield* earlier;
    yield* run.slice(0, place);
  }

  /** The first run that ends at or after the item. */
  #runFor(item: Item): number {
    return lowerBound(this.#runs, (run) => {
      const last = run.at(-1);
      return last !== undefined && this.#isBefore(last, item);
    });
  }

  #placeIn(run: readonly Item[], item: Item): number {
    return lowerBound(run, (candidate) => this.#isBefore(candidate, item));
  }
}

function isAtEnd<Item>(run: readonly Item[], item: Item, isBefore: (a: Item, b: Item) => boolean): boolean {
  const last = run.at(-1);
  return last === undefined || isBefore(last, item);
}

/** How many of the leading entries are before the place that is looked for. */
export function lowerBound<Entry>(entries: readonly Entry[], isBefore: (entry: Entry) => boolean): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = entries[middle];
    if (entry !== undefined && isBefore(entry)) low = middle + 1;
    else high = middle;
  }
  return low;
}
