import type { Layout } from '../../domain/Layout.js';
import { timesOf } from './timesOf.js';

/** How the values of a row are read by a layout. @throws Error for a pattern or a zone that is not valid */
export function parsingOf({ decimal, delimiter = ',', unknownSpeeds = [], times, zone }: Layout) {
  return {
    decimalComma: decimal === undefined ? delimiter !== ',' : decimal === ',',
    unknownSpeeds,
    times: timesOf({ times, zone }),
  };
}
