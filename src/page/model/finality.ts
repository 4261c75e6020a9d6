import type { Instant } from '../../domain/instant.js';
import type { Picture } from './Picture.js';

/**
 * Whether a picture is final: nothing comes any more that arrived by its moment. By event time late fixes may always come.
 * `undefined` if nobody promises anything.
 */
export function finality({ at, by }: Pick<Picture, 'at' | 'by'>, finalUntil: Instant | undefined): 'final' | 'open' | undefined {
  if (finalUntil === undefined) return undefined;
  return by === 'arrival' && at <= finalUntil ? 'final' : 'open';
}
