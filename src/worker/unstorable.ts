import { shown } from '../domain/shown.js';
import type { StreamFix } from '../stream/StreamFix.js';

/** NUL, and halves of characters: no text of PostgreSQL has them. */
export const UNSTORABLE = /[\0\p{Cs}]/gu;
const ANY = new RegExp(UNSTORABLE, 'u');

/** The longest name of a column that an index of PostgreSQL can surely keep, in bytes. */
const LONGEST_NAME = 2048;

/**
 * What of a fix PostgreSQL could not keep as it is: NUL, half of a character, or a very long name of a column. `undefined` if it
 * can keep all of it.
 */
export function unstorable({ device, extra }: StreamFix): string | undefined {
  const fault = faultOf(device);
  if (fault !== undefined) return `device_id ${shown(device)} has ${fault}, which PostgreSQL cannot keep`;
  for (const name in extra) {
    if (Buffer.byteLength(name) > LONGEST_NAME) return `the column ${shown(name)} has a name of more than ${LONGEST_NAME} bytes, which no index of PostgreSQL can keep`;
    const fault = faultOf(name) ?? faultOf(extra[name]!);
    if (fault !== undefined) return `the column ${shown(name)} has ${fault}, which PostgreSQL cannot keep`;
  }
  return undefined;
}

function faultOf(text: string): string | undefined {
  if (!ANY.test(text)) return undefined;
  return text.includes('\0') ? 'a NUL character' : 'half of a character (a lone surrogate)';
}
