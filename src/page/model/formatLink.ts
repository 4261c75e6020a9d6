import { formatInstant } from '../../domain/instant.js';
import type { Link } from './parseLink.js';

/** What `parseLink` reads, with its `#`; empty where there is nothing to name. */
export function formatLink({ moment: { at, by }, chosen, follow, heat, look }: Link): string {
  const asked = new URLSearchParams();
  if (chosen !== undefined) asked.set('device', chosen);
  if (at !== 'live') asked.set('at', formatInstant(at));
  if (by !== 'arrival') asked.set('by', by);
  if (follow) asked.set('follow', '1');
  if (heat) asked.set('heat', '1');
  if (look !== undefined) asked.set('map', `${short(look.zoom, 2)}/${short(look.latitude, 5)}/${short(look.longitude, 5)}`);
  return asked.size === 0 ? '' : `#${asked.toString().replaceAll('%2F', '/').replaceAll('%3A', ':')}`;
}

/** A number with some digits after its point, without zeros at its end. */
const short = (value: number, digits: number) => String(Number(value.toFixed(digits)));
