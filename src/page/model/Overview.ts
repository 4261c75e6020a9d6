import type { Instant } from '../../domain/instant.js';
import type { Clock, ServedHistogram } from '../api/served.js';
import { instantOf } from './instantOf.js';
import type { Stretch } from './Stretch.js';

/** How many fixes of each kind there are. */
export interface Kinds {
  readonly changes: number;
  readonly late: number;
  /** Duplicates and conflicts. */
  readonly others: number;
}

/** How many fixes of each kind there are in each bin of a stretch of the recording, by a clock. */
export class Overview {
  readonly by: Clock;
  readonly from: Instant;
  /** How long a bin is, in µs. */
  readonly step: number;
  readonly bins: readonly Kinds[];

  /** @param known up to when all was known that it counts, by arrival: later bins are unfinished */
  constructor({ by, from, step_seconds, changes, late, duplicate, conflict }: ServedHistogram, readonly known: Instant = Infinity) {
    this.by = by;
    this.from = from === null ? 0 : instantOf(from);
    this.step = step_seconds * 1e6;
    this.bins = changes.map((count, i) => ({ changes: count, late: late[i]!, others: duplicate[i]! + conflict[i]! }));
  }

  /** When a bin begins. */
  start(bin: number): Instant {
    return this.from + bin * this.step;
  }

  /** The bin in which a moment is, if there is one. */
  binAt(moment: Instant): number | undefined {
    const bin = Math.floor((moment - this.from) / this.step);
    return bin >= 0 && bin < this.bins.length ? bin : undefined;
  }

  /** The sums of all bins that have some of a stretch. */
  sums({ from, to }: Stretch): Kinds {
    const own = this.bins.filter((_, bin) => this.start(bin) <= to && this.start(bin + 1) > from);
    const sum = (kind: keyof Kinds) => own.reduce((total, bin) => total + bin[kind], 0);
    return { changes: sum('changes'), late: sum('late'), others: sum('others') };
  }
}
