import type { Fix } from '../domain/fix.js';
import { fixObject } from '../domain/fixObject.js';

/**
 * A fix as JSON: the keys and values of `query --format json`, and its place in the stream.
 *
 * @param names those of the extra columns, as of `sentNames`
 * @param place from 1
 */
export function fixText(fix: Fix, names: readonly string[], place: number): string {
  return JSON.stringify({ ...fixObject(fix, names), [PLACE_KEY]: place });
}

/** The key of the place in the stream. */
export const PLACE_KEY = 'seq';
