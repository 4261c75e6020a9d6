import { parseInstant } from '../../domain/instant.js';
import type { Moment } from './Moment.js';

/** What a link names: which moment, by which clock, and which device. */
export interface Link {
  readonly moment: Moment;
  readonly chosen: string | undefined;
}

/** What stands behind the `#` of an address: `#device=8250&at=2021-10-23T12:30:40Z&by=event`; live if it names no moment. */
export function parseLink(hash: string): Link {
  const asked = new URLSearchParams(hash.slice(1));
  const at = parseInstant(asked.get('at') ?? '') ?? 'live';
  const device = asked.get('device') ?? '';
  return { moment: { at, by: asked.get('by') === 'event' ? 'event' : 'arrival' }, chosen: device === '' ? undefined : device };
}
