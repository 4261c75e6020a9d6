import { parseInstant, type Instant } from '../../domain/instant.js';

/** A time that the server sent, which has checked it. */
export function instantOf(text: string): Instant {
  const at = parseInstant(text);
  if (at === undefined) throw new Error(`the server sent ${JSON.stringify(text)}, which is not a time`);
  return at;
}
