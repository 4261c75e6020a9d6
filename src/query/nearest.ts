import { distance } from 'fastest-levenshtein';
import type { Steps } from '../domain/finish.js';

/** Names that are compared in a step. */
const STEP_NAMES = 64;

/** A name, and how many letters of another are to change, add or leave out to spell it. */
interface Spelled {
  readonly other: string;
  readonly changes: number;
}

/**
 * The names that are spelled most like another, `max` of them at most, the nearest first: by how many letters to change, add
 * or leave out. Holds those alone.
 */
export function* nearest(name: string, names: Iterable<string>, max: number): Steps<readonly string[]> {
  const found: Spelled[] = [];
  let compared = 0;
  for (const other of names) {
    const last = found.length === max ? found.at(-1) : undefined;
    if (last && Math.abs(other.length - name.length) > last.changes) continue; // at least as many letters must be added or left out
    const spelled = { other, changes: distance(name, other) };
    if (++compared % STEP_NAMES === 0) yield;
    if (last && !isNearer(spelled, last)) continue;
    const place = found.findIndex((one) => isNearer(spelled, one));
    found.splice(place < 0 ? found.length : place, 0, spelled);
    if (found.length > max) found.pop();
  }
  return found.map(({ other }) => other);
}

function isNearer(a: Spelled, b: Spelled): boolean {
  return a.changes < b.changes || (a.changes === b.changes && a.other < b.other);
}
