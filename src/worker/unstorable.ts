import { shown } from '../domain/shown.js';
import type { StreamFix } from '../stream/StreamFix.js';

/** NUL, and halves of characters: no text of PostgreSQL has them. */
export const UNSTORABLE = /[\0\p{Cs}]/gu;
const ANY = new RegExp(UNSTORABLE, 'u');

/** What of a fix PostgreSQL could not keep as it is: NUL, or half of a character. `undefined` if it can keep all of it. */
export function unstorable({ device, extra }: StreamFix): string | undefined {
  const fault = faultOf(device);
  if (fault !== undefined) return `device_id ${shown(device)} has ${fault}, which PostgreSQL cannot keep`;
  for (const name in extra) {
    const fault = faultOf(name) ?? faultOf(extra[name]!);
    if (fault !== undefined) return `the column ${shown(name)} has ${fault}, which PostgreSQL cannot keep`;
  }
  return undefined;
}

function faultOf(text: string): string | undefined {
  if (!ANY.test(text)) return undefined;
  return text.includes('\0') ? 'a NUL character' : 'half of a character (a lone surrogate)';
}
