import { judge, type Verdict } from '../domain/latest.js';
import type { StoreRow } from './StoreRow.js';

/** The rule, of the row that a device holds as its latest, if it holds one, and the next. */
export function judgeRow(held: StoreRow | undefined, row: StoreRow): Verdict {
  return judge(held?.event ?? -Infinity, row.event, () => row.lat === held!.lat && row.lon === held!.lon && row.speed === held!.speed);
}
