/** Items in an order, which begins at a key or later. */
export interface Ordered<T> {
  readonly min: number;
  /** `undefined` is no item, but a step towards the next. */
  readonly items: () => Iterator<T | undefined, unknown>;
}

/** A source that has begun, and the item of it that comes next. */
interface Begun<T> {
  readonly items: Iterator<T | undefined, unknown>;
  item: T;
}

/** Sources that are begun in one step. */
const STEP_SOURCES = 64;

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
  const begun: Begun<T>[] = []; // a heap: the one whose item is next stands first
  for (;;) {
    const next = begun[0];
    if (waiting.length > 0 && (!next || waiting.at(-1)!.min <= key(next.item))) {
      const items = waiting.pop()!.items();
      const first = yield* itemOf(items);
      if (first !== undefined) rise(begun, { items, item: first }, compare);
      if (waiting.length % STEP_SOURCES === STEP_SOURCES - 1) yield;
    } else if (!next) return;
    else {
      yield next.item;
      const following = yield* itemOf(next.items);
      const last = following === undefined ? begun.pop()! : next;
      if (following !== undefined) next.item = following;
      if (begun.length > 0) sink(begun, last, compare);
    }
  }
}

/** Adds a source to a heap. */
function rise<T>(heap: Begun<T>[], one: Begun<T>, compare: (a: T, b: T) => number): void {
  let at = heap.push(one) - 1;
  for (let up = (at - 1) >> 1; at > 0 && compare(one.item, heap[up]!.item) < 0; up = (at - 1) >> 1) {
    heap[at] = heap[up]!;
    at = up;
  }
  heap[at] = one;
}

/** Puts a source in the place of the first of a heap, and from there to where it belongs. */
function sink<T>(heap: Begun<T>[], one: Begun<T>, compare: (a: T, b: T) => number): void {
  let at = 0;
  for (let down = 1; down < heap.length; down = 2 * at + 1) {
    if (down + 1 < heap.length && compare(heap[down + 1]!.item, heap[down]!.item) < 0) down++;
    if (compare(one.item, heap[down]!.item) <= 0) break;
    heap[at] = heap[down]!;
    at = down;
  }
  heap[at] = one;
}

/** The next item, after the steps before it; `undefined` if there is none. */
function* itemOf<T>(items: Iterator<T | undefined, unknown>): Generator<undefined, T | undefined, undefined> {
  for (let next = items.next(); !next.done; next = items.next()) {
    if (next.value !== undefined) return next.value;
    yield;
  }
  return undefined;
}
