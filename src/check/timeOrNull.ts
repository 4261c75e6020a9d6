import { formatInstant, type Instant } from '../domain/instant.js';

/** An instant as text; `null` if it is infinite, that is, if there is none. */
export function timeOrNull(instant: Instant): string | null {
  return Number.isFinite(instant) ? formatInstant(instant) : null;
}
