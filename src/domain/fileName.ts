import { formatInstant, type Instant } from './instant.js';

/** Characters of a part; of four bytes each, they and all else are fewer than the 255 bytes that a name may have. */
const MAX_PART = 50;

/**
 * A file name that every system takes, and a header of HTTP if it is encoded: `8250-track-2021-10-23T12-30-40Z.gpx`.
 *
 * @param parts whatever they are called: of others than letters, digits and `.`, `_`, `-` an `_` is left
 * @param at the moment that it is of, if it is of one
 */
export function fileName(parts: readonly string[], at: Instant | undefined, ending: string): string {
  const plain = (part: string) => Array.from(part.replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '_').replace(/^\.+/, '')).slice(0, MAX_PART);
  const names = parts.map((part) => plain(part).join('') || '_');
  const moment = at === undefined ? [] : [formatInstant(at).replace(/(?:\.0+|(\.\d*?[1-9])0*)Z$/, '$1Z').replaceAll(':', '-')];
  return `${[...names, ...moment].join('-')}.${ending}`;
}
