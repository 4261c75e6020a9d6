/** Items in an order, which begins at a key or later. */
export interface Ordered<T> {
  readonly min: number;
  /** `undefined` is no item, but a step towards the next. */
  readonly items: () => Iterator<T | undefined, unknown>;
}

/**
 * The items of several sources in one order, and the steps between them. A source is begun when its first item may be
 * next, so that it holds one item of each that has begun and has not ended.
 *
 * @param key what the sources are said to begin at, of an item; must go up with `compare`
 */
export function* merge<T>(
  sources: readonly Ordered<T>[],
  key: (item: T) => number,
  compare: (a: T, b: T) => number,
): Generator<T | undefined, void, undefined> {
  const waiting = sources.toSorted((a, b) => b.min - a.min);
  const begun: { readonly items: Iterator<T | undefined, unknown>; item: T }[] = [];
  for (;;) {
    let next: (typeof begun)[number] | undefined;
    for (const one of begun) if (!next || compare(one.item, next.item) < 0) next = one;
    if (waiting.length > 0 && (!next || waiting.at(-1)!.min <= key(next.item))) {
      const items = waiting.pop()!.items();
      const first = yield* itemOf(items);
      if (first !== undefined) begun.push({ items, item: first });
    } else if (!next) return;
    else {
      yield next.item;
      const following = yield* itemOf(next.items);
      if (following === undefined) begun.splice(begun.indexOf(next), 1);
      else next.item = following;
    }
  }
}

/** The next item, after the steps before it; `undefined` if there is none. */
function* itemOf<T>(items: Iterator<T | undefined, unknown>): Generator<undefined, T | undefined, undefined> {
  for (let next = items.next(); !next.done; next = items.next()) {
    if (next.value !== undefined) return next.value;
    yield;
  }
  return undefined;
}
