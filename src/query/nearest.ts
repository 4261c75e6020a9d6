import { distance } from 'fastest-levenshtein';
import type { Steps } from '../domain/finish.js';

/**
 * The names that are spelled most like another, `max` of them at most, the nearest first: by how many letters to change, add
 * or leave out. Holds those alone.
 */
export function* nearest(name: string, names: Iterable<string>, max: number): Steps<readonly string[]> {
  const found: { readonly other: string; readonly changes: number }[] = [];
  for (const other of names) {
    const last = found.length === max ? found.at(-1) : undefined;
    if (last && Math.abs(other.length - name.length) > last.changes) continue; // at least as many letters must be added or left out
    const changes = distance(name, other);
    const place = found.findIndex((one) => changes < one.changes || (changes === one.changes && other < one.other));
    if (place >= 0) found.splice(place, 0, { other, changes });
    else found.push({ other, changes });
    found.length = Math.min(found.length, max);
    yield;
  }
  return found.map(({ other }) => other);
}
