import { distance } from 'fastest-levenshtein';

/** The names that are spelled most like another, at most so many, the nearest first: by how many letters to change, add or leave out. */
export function nearest(name: string, names: Iterable<string>, most: number): readonly string[] {
  return Array.from(names, (other) => ({ other, changes: distance(name, other) }))
    .sort((a, b) => a.changes - b.changes || (a.other < b.other ? -1 : 1))
    .slice(0, most)
    .map(({ other }) => other);
}
