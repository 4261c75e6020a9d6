import { counted } from '../domain/counted.js';
import { listed } from '../domain/listed.js';
import { shown as quoted } from '../domain/shown.js';
import { StreamError } from './StreamError.js';
import type { StreamUrl } from './streamUrl.js';

/**
 * How many partitions a stream has: as many as it has subjects, which must be `gps.0` and so on for the stream `gps`; one
 * if its subject is its owner's.
 *
 * @param wanted how many it must have, if that was said
 * @throws StreamError if it has others
 */
export function partitionsOf(subjects: readonly string[], { stream, subject, shown }: StreamUrl, wanted: number | undefined): number {
  if (subject !== undefined) return 1;
  const own = new Set(subjects.map((_, partition) => `${stream}.${partition}`));
  if (!subjects.every((name) => own.has(name)))
    throw new StreamError(
      `${shown} has the subjects ${listed(subjects.map((name) => quoted(name)))}, not ${quoted(`${stream}.0`)} and so on: name another stream, or say which of them to read with ?subject=`,
    );
  if (wanted !== undefined && wanted !== subjects.length)
    throw new StreamError(
      `${shown} has ${counted(subjects.length, 'partition')}, not ${wanted}, and keeps them as long as it is there: leave out --partitions, or name another stream`,
    );
  return subjects.length;
}
