import { parseInstant } from '../../domain/instant.js';
import type { Moment } from './pageModel.js';

/** What the address of the page asks for behind its `#`: `device=8250&at=2021-10-23T12:30:40Z&by=event`; live if it asks for nothing. */
export function firstMoment(hash: string): { readonly moment: Moment; readonly chosen: string | undefined } {
  const asked = new URLSearchParams(hash.slice(1));
  const at = parseInstant(asked.get('at') ?? '') ?? 'live';
  return { moment: { at, by: asked.get('by') === 'event' ? 'event' : 'arrival' }, chosen: asked.get('device') ?? undefined };
}
