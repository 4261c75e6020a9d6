import type { Steps } from './finish.js';

/** Makes something of each of some items, a step each. */
export function* mapInSteps<T, U>(items: readonly T[], make: (item: T) => U): Steps<U[]> {
  const made: U[] = [];
  for (const item of items) {
    made.push(make(item));
    yield;
  }
  return made;
}
