import type { Dice } from '../../../src/generate/Dice.js';
import { formatInstant } from '../../../src/domain/instant.js';
import { fixesByChance } from './fixesByChance.js';
import type { Ledger, SentFix } from './Ledger.js';

const NOON = Date.UTC(2021, 9, 23, 12) * 1000;
const SECOND = 1e6;
const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed,nr';

/** A recording in the order of arrivals, as text, and what is in it. Some of its rows are no fixes. */
export function recordingByChance(
  dice: Dice,
  ledger: Ledger,
  { rows, seconds }: { readonly rows: number; readonly seconds: number },
): { readonly text: string; readonly fixes: readonly SentFix[]; readonly rejected: number } {
  const from = NOON + dice.whole(0, 60) * SECOND; // so that several overlap
  const fixes = fixesByChance(dice, ledger, { count: rows, now: from, fleet: 'bus' });
  let arrival = from;
  let rejected = 0;
  const lines = [HEADER];
  const known = fixes.map((fix, place): SentFix => {
    if (!dice.happens(0.1)) arrival += dice.whole(1, Math.ceil((2 * seconds * SECOND) / rows));
    const event = fix.event + arrival - from;
    const latitude = dice.happens(0.05) ? '52.50' : fix.latitude;
    if (dice.happens(0.005)) {
      lines.push('no,fix');
      rejected++;
    }
    lines.push([fix.device, latitude, fix.longitude, formatInstant(event), formatInstant(arrival), fix.speed, fix.nr].join(','));
    return { ...fix, latitude, event, known: { arrival, place } };
  });
  return { text: `${lines.join('\n')}\n`, fixes: known, rejected };
}
