/** Items in an order, which begins at a key or later. */
export interface Ordered<T> {
  readonly least: number;
  readonly items: () => Iterator<T, unknown>;
}

/**
 * The items of several sources in one order. A source is begun when its first item may be next, so that it
 * holds one item of each that has begun and has not ended.
 *
 * @param key what the sources are said to begin at, of an item; must go up with `compare`
 */
export function* merge<T>(sources: readonly Ordered<T>[], key: (item: T) => number, compare: (a: T, b: T) => number): Generator<T, void, undefined> {
  const waiting = sources.toSorted((a, b) => b.least - a.least);
  const begun: { readonly items: Iterator<T, unknown>; item: T }[] = [];
  const begin = () => {
    const items = waiting.pop()!.items();
    const first = items.next();
    if (!first.done) begun.push({ items, item: first.value });
  };
  for (;;) {
    let next: (typeof begun)[number] | undefined;
    for (const one of begun) if (!next || compare(one.item, next.item) < 0) next = one;
    if (waiting.length > 0 && (!next || waiting.at(-1)!.least <= key(next.item))) begin();
    else if (!next) return;
    else {
      yield next.item;
      const following = next.items.next();
      if (following.done) begun.splice(begun.indexOf(next), 1);
      else next.item = following.value;
    }
  }
}
