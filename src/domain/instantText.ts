import { formatInstant, type Instant } from './instant.js';

/** An instant as JSON has it, and `null` for none. */
export function instantText(instant: Instant | undefined): string | null {
  return instant === undefined ? null : formatInstant(instant);
}
