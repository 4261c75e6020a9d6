import { hash } from 'node:crypto';

/** How many bytes of its SHA-256 an index keeps of a device's id: so many that no two will ever share them. */
export const HASH_BYTES = 16;

/** What an index knows a device by, as a text of so many characters of one byte. */
export function hashOf(device: string): string {
  return hash('sha256', device, 'binary').slice(0, HASH_BYTES);
}
