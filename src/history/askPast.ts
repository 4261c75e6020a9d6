import type { Past } from '../domain/Past.js';
import { CsvPast, type CsvPastOptions } from './CsvPast.js';

/** How a log is opened to be asked. */
export type OpenOptions = Pick<CsvPastOptions, 'reads' | 'progress' | 'signal'>;

/**
 * Asks a past, or the log at a path, which is opened as it is now and closed afterwards, a question whose answer comes in
 * batches.
 */
export async function* askPast<T>(
  from: string | Past,
  options: CsvPastOptions,
  question: (past: Past) => AsyncIterable<readonly T[]>,
): AsyncGenerator<readonly T[], void, undefined> {
  const past = typeof from === 'string' ? new CsvPast(from, options) : from;
  try {
    yield* question(past);
  } finally {
    if (past !== from) await past.close();
  }
}
