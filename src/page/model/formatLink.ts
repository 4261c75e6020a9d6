import { formatInstant } from '../../domain/instant.js';
import type { Link } from './parseLink.js';

/** What `parseLink` reads, with its `#`; empty where there is nothing to name. */
export function formatLink({ moment: { at, by }, chosen }: Link): string {
  const asked = new URLSearchParams();
  if (chosen !== undefined) asked.set('device', chosen);
  if (at !== 'live') asked.set('at', formatInstant(at));
  if (by !== 'arrival') asked.set('by', by);
  return asked.size === 0 ? '' : `#${asked.toString()}`;
}
