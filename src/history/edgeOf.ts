import { binsOf } from '../domain/binsOf.js';
import type { Steps } from '../domain/finish.js';
import type { HistogramSpan } from '../domain/Histogram.js';
import type { Instant } from '../domain/instant.js';
import { VERDICTS } from '../domain/latest.js';
import type { Segment } from '../lookup/Segment.js';

const BINS = 300;
const SECOND = 1e6;

/**
 * Up to when a span has to reach to have so many fixes, by the counts of an index, to the second: the end of the span if it has
 * fewer. What it takes does not depend on the fixes.
 */
export function* edgeOf(segments: readonly Segment[], { by, from, to }: HistogramSpan, wanted: number): Steps<Instant> {
  for (let [start, end, missing] = [from, to, wanted]; ; ) {
    const bins = binsOf({ from: start, to: end }, BINS);
    const counts = VERDICTS.map(() => new Float64Array(bins.count));
    for (const segment of segments) {
      segment.addCounts(by, bins, counts);
      yield;
    }
    const many = (bin: number) => counts.reduce((sum, kind) => sum + kind[bin]!, 0);
    let [bin, sum] = [bins.from < start ? 1 : 0, 0]; // the first may have fixes from before the span
    while (bin < bins.count && sum + many(bin) < missing) sum += many(bin++);
    if (bin >= bins.count) return end;
    missing -= sum;
    start = Math.max(start, bins.from + bin * bins.step);
    end = Math.min(end, bins.from + (bin + 1) * bins.step - 1);
    if (bins.step === SECOND) return end;
  }
}
