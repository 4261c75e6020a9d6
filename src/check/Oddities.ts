import type { Judged } from '../domain/FixBatch.js';
import { Exchanges } from './Exchanges.js';
import { positionAt } from './positionAt.js';
import type { Worst } from './Worst.js';

const DAY = 86_400_000_000;
/** After so many days a receiver counts weeks from 0 again, and by how many days more or less it may be off: fixes take their time. */
const [ROLLOVER, AROUND] = [1024 * 7, 7];
/** A clock that is behind by more days is to be looked at. */
const LONG = 30;

/** What is hard to believe of fixes, though each is one. */
export class Oddities {
  /** How many are at latitude 0 and longitude 0, where receivers are that have no position. */
  atZero = 0;
  /** How many are 1,024 weeks behind, or twice as much: GPS counts weeks no farther. */
  rollovers = 0;
  /** How many others are more than 30 days behind, and the one that is the most. */
  behind = 0;
  farthestBehind: Worst | undefined;
  readonly exchanges = new Exchanges();

  add(judged: Judged): void {
    this.exchanges.add(judged);
    this.#takeZeros(judged);
    this.#takeBehind(judged);
  }

  #takeZeros({ batch }: Judged): void {
    for (let row = batch.first; row < batch.end; row++) {
      const [latitude, longitude] = positionAt(batch, row);
      if (latitude === 0 && longitude === 0) this.atZero++;
    }
  }

  #takeBehind({ batch, held }: Judged): void {
    const { columns: { arrival, event }, first, end } = batch;
    for (let row = first; row < end; row++) {
      const by = arrival[row]! - event[row]!;
      if (by <= LONG * DAY) continue;
      const times = Math.round(by / (ROLLOVER * DAY));
      if (times > 0 && times < 3 && Math.abs(by / DAY - times * ROLLOVER) <= AROUND) {
        this.rollovers++;
        continue;
      }
      this.behind++;
      if (by > (this.farthestBehind?.by ?? 0)) this.farthestBehind = { fix: batch.fix(row), by, held: held[row]! };
    }
  }
}
