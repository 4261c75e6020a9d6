import { figure } from '../text/words.js';

/** What was read to answer a question, in words; times in ms, that of the question and that of the process so far. */
export function explanation(read: readonly (readonly [what: string, value: string])[], asking: number, process: number): string {
  const lines = [...read, ['time', `${figure(asking)} ms, of ${figure(process)} ms since the process started`] as const];
  return lines.map(([what, value]) => `${what.padEnd(19)}${value}\n`).join('');
}
