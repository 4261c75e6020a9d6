import { count } from '../domain/counted.js';
import type { Steps } from '../domain/finish.js';
import { shown } from '../domain/shown.js';
import { nearest } from './nearest.js';

/** Devices that are named. */
const MAX_NAMED = 8;
/** A longer id is no misspelling, and would take long to compare with all. */
const MAX_COMPARED_CHARACTERS = 64;

/** Devices that are spelled like one that there is not. */
export interface NearDevices {
  readonly near: readonly string[];
  /** What a log knows instead, to follow its name. */
  readonly words: string;
}

/**
 * Which devices there are instead of one that there is not: those that are spelled most like it.
 *
 * @param ids of all devices; of a long id the first are named
 */
export function* nearDevices(device: string, ids: readonly string[]): Steps<NearDevices> {
  const isLong = device.length > MAX_COMPARED_CHARACTERS;
  const near = isLong ? ids.slice(0, MAX_NAMED) : yield* nearest(device, shortOnes(ids), MAX_NAMED);
  const more = ids.length > MAX_NAMED ? ` and ${count(ids.length - MAX_NAMED)} more` : '';
  return { near, words: near.length === 0 ? 'holds no fix' : `knows ${near.map((id) => shown(id)).join(', ')}${more}` };
}

function* shortOnes(ids: readonly string[]): Generator<string, void, undefined> {
  for (const id of ids) if (id.length <= MAX_COMPARED_CHARACTERS) yield id;
}
