import { parseInstant } from '../../domain/instant.js';
import type { Moment } from './Moment.js';

/** Where the map looks: its zoom, and the place in its middle. */
export interface Look {
  readonly zoom: number;
  readonly latitude: number;
  readonly longitude: number;
}

/** What a link names: which moment, by which clock, which device, whether the map follows it, and where the map looks. */
export interface Link {
  readonly moment: Moment;
  readonly chosen: string | undefined;
  readonly follow: boolean;
  /** Whether late fixes are shown as heat. */
  readonly heat: boolean;
  /** `undefined` for the whole fleet. */
  readonly look: Look | undefined;
}

const [MIN_ZOOM, MAX_ZOOM] = [-0.5, 18];

/**
 * What stands behind the `#` of an address: `#device=8250&at=2021-10-23T12:30:40Z&by=event&follow=1&heat=1&map=7.5/52.5/13.4`;
 * the newest if it names no moment, the whole fleet if it names no place.
 */
export function parseLink(hash: string): Link {
  const asked = new URLSearchParams(hash.slice(1));
  const at = parseInstant(asked.get('at') ?? '') ?? 'live';
  const device = asked.get('device') ?? '';
  const chosen = device === '' ? undefined : device;
  return {
    moment: { at, by: asked.get('by') === 'event' ? 'event' : 'arrival' },
    chosen,
    follow: chosen !== undefined && asked.get('follow') === '1',
    heat: asked.get('heat') === '1',
    look: lookIn(asked.get('map') ?? ''),
  };
}

function lookIn(text: string): Look | undefined {
  const [all, zoom, latitude, longitude] =
    /^(-?\d{1,2}(?:\.\d{1,2})?)\/(-?\d{1,2}(?:\.\d{1,6})?)\/(-?\d{1,3}(?:\.\d{1,6})?)$/.exec(text) ?? [];
  if (all === undefined || Number(zoom) < MIN_ZOOM || Number(zoom) > MAX_ZOOM || Math.abs(Number(latitude)) > 90) return undefined;
  return { zoom: Number(zoom), latitude: Number(latitude), longitude: Number(longitude) };
}
