import type { CheckReport } from '../../index.js';
import { bar } from './bar.js';
import { briefly, count, percent } from '../text/words.js';

type Range = CheckReport['delays'][number];

const WIDTH = 36;

/** How many fixes took how long from their event to their arrival, a bar for each range. */
export function delayPlot({ delays }: CheckReport): string[] {
  const first = delays.findIndex(({ fixes }) => fixes > 0);
  if (first < 0) return [];
  const ranges = joined(delays.slice(first, delays.findLastIndex(({ fixes }) => fixes > 0) + 1));
  const all = ranges.reduce((sum, { fixes }) => sum + fixes, 0);
  const max = Math.max(...ranges.map(({ fixes }) => fixes));
  const digits = count(max).length;
  return [
    'delay, from event to arrival',
    ...ranges.map(
      (range) =>
        `  ${rangeOf(range).padEnd(18)}${count(range.fixes).padStart(digits)}  ${percent(range.fixes, all).padStart(7)}  ${bar(range.fixes / max, WIDTH)}`,
    ),
  ];
}

/** The ranges, those that follow each other and are empty as one. */
function joined(ranges: CheckReport['delays']): Range[] {
  const rows: Range[] = [];
  for (const range of ranges) {
    const above = rows.at(-1);
    if (above?.fixes === 0 && range.fixes === 0) rows[rows.length - 1] = { ...above, to_seconds: range.to_seconds };
    else rows.push(range);
  }
  return rows;
}

function rangeOf({ from_seconds: from, to_seconds: to }: Range): string {
  if (from === null) return 'clock ahead';
  if (to === null) return `${briefly(from)} or more`;
  return from === 0 ? `under ${briefly(to)}` : `${briefly(from)} to ${briefly(to)}`;
}
