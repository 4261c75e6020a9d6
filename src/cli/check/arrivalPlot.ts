import { type CheckReport, formatInstant, parseInstant } from '../../index.js';
import { columnPlot } from './columnPlot.js';
import { count, duration } from '../text/words.js';

const WIDTH = 72;
const LINES = 4;
const DAY = 86_400;

/** How many fixes arrived when, as columns over time. */
export function arrivalPlot({ arrivals }: CheckReport): string[] {
  if (!arrivals) return [];
  const { from, seconds_each, fixes } = arrivals;
  const wide = Math.floor(WIDTH / fixes.length);
  const end = formatInstant(parseInstant(from)! + fixes.length * seconds_each * 1e6);
  const shown = (time: string) => time.slice(0, seconds_each < 1 ? 23 : seconds_each < DAY ? 19 : 10).replace('T', ' ');
  const [start, stop] = [shown(from), shown(end)];
  return [
    `arrivals, ${duration(seconds_each * 1000)} a column, ${count(Math.max(...fixes))} at most in one`,
    ...columnPlot(fixes, { lines: LINES, wide }).map((line) => `  ${line}`),
    `  ${start}${stop.padStart(Math.max(stop.length + 2, fixes.length * wide - start.length))}`,
  ];
}
