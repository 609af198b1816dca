/** Remembers the newest entries, oldest first, and forgets the rest: an emulator may run for days. */
export interface Newest<Entry> {
  add(entry: Entry): void;
  list(): readonly Entry[];
  clear(): void;
}

export function keepNewest<Entry>(limit: number): Newest<Entry> {
  let entries: Entry[] = [];
  return {
    add(entry) {
      entries.push(entry);
      // Cutting only now and then keeps adding cheap.
      if (entries.length >= 2 * limit) entries = entries.slice(-limit);
    },
    list: () => entries.slice(-limit),
    clear() {
      entries = [];
    },
  };
}
