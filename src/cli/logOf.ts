import { existsSync } from 'node:fs';
import { shown } from '../domain/shown.js';
import { UsageError } from './UsageError.js';

const DEFAULT = 'output/output_stream.csv';

/** Which log a command line means, and the words that do not name it. */
export interface Meant {
  readonly output: string;
  readonly words: readonly string[];
}

/** The options that name a log: both mean the same. */
export const LOG_OPTIONS = { output: { type: 'string', short: 'o' }, log: { type: 'string' } } as const;

/**
 * Finds the log that a command line means: the one that an option names, or the first word, if that is the path of a file
 * rather than the id of a device, or the log that a replay writes by default.
 *
 * @throws UsageError if it is named twice
 */
export function logOf(
  { output, log }: { readonly output?: string | undefined; readonly log?: string | undefined },
  words: readonly string[],
): Meant {
  if (output !== undefined && log !== undefined) throw new UsageError('--log and --output both name the log: give one of them');
  const named = output ?? log;
  if (named !== undefined) return { output: named, words };
  const [first, ...rest] = words;
  return first !== undefined && isPath(first) && existsSync(first) ? { output: first, words: rest } : { output: DEFAULT, words };
}

/** Says that a word that looks like a path is none, in case it was meant to name the log. */
export function mistaken(word: string): string {
  return isPath(word) ? `; to ask another log, name a file that is there: ${shown(word)} is not` : '';
}

function isPath(word: string): boolean {
  return /[/\\]|\.csv$/i.test(word);
}
