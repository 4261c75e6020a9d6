import type { Steps } from './finish.js';

/** How many are sorted, or merged, in a step. */
const STEP = 512;

/** Sorts as `toSorted` does, equal ones staying as they are, but in steps. Holds the items twice. */
export function* sortedInSteps<T>(items: readonly T[], compare: (a: T, b: T) => number): Steps<T[]> {
  let [sorted, spare] = [[] as T[], [] as T[]];
  for (let at = 0; at < items.length; at += STEP) {
    sorted.push(...items.slice(at, at + STEP).sort(compare));
    yield;
  }
  for (let width = STEP; width < items.length; width *= 2) {
    for (let start = 0; start < items.length; start += 2 * width)
      yield * together(sorted, spare, start, Math.min(start + width, items.length), Math.min(start + 2 * width, items.length), compare);
    [sorted, spare] = [spare, sorted];
  }
  return sorted;
}

/** Puts two stretches that follow each other, each in order, together into another array, at the same place. */
function* together<T>(
  from: readonly T[],
  to: T[],
  start: number,
  middle: number,
  end: number,
  compare: (a: T, b: T) => number,
): Steps<void> {
  for (let [at, left, right] = [start, start, middle]; at < end; at++) {
    const isLeft = left < middle && (right >= end || compare(from[left]!, from[right]!) <= 0);
    to[at] = isLeft ? from[left++]! : from[right++]!;
    if (at % STEP === 0) yield;
  }
}
