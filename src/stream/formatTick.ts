import { formatInstant, type Instant } from '../domain/instant.js';

/** The line by which a publisher says that it has sent everything that arrived before, and whether it ends. */
export function formatTick(arrival: Instant, ends = false): string {
  return `{"tick":"${formatInstant(arrival)}"${ends ? ',"ends":true' : ''}}`;
}
