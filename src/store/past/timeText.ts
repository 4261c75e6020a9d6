import { formatInstant, type Instant } from '../../domain/instant.js';

/** A moment as PostgreSQL reads it; the infinite ones, too. */
export function timeText(instant: Instant): string {
  return Number.isFinite(instant) ? formatInstant(instant) : instant > 0 ? 'infinity' : '-infinity';
}
