import { existsSync } from 'node:fs';
import { shown } from '../domain/shown.js';
import { isStoreUrl, storeUrl, type StoreUrl } from '../store/storeUrl.js';
import { StoreError } from '../store/StoreError.js';
import { isStreamUrl } from '../stream/streamUrl.js';
import { UsageError } from './UsageError.js';

const DEFAULT = 'output/output_stream.csv';

/** Which log or store a command line means, and the words that do not name it. */
export interface Meant {
  /** The path of a log, or what to call a store: no password is in it. */
  readonly output: string;
  /** Where the store is; `undefined` for a log. */
  readonly store: StoreUrl | undefined;
  readonly words: readonly string[];
}

/** The options that name a log: both mean the same. */
export const LOG_OPTIONS = { output: { type: 'string', short: 'o' }, log: { type: 'string' } } as const;

/**
 * Finds the log that a command line means: the one that an option names, or the first word, if that is the path of a file or
 * the URL of a store rather than the id of a device, or the log that a replay writes by default.
 *
 * @throws UsageError if it is named twice, if the URL is not valid, or if it is that of a stream
 */
export function logOf(
  { output, log }: { readonly output?: string | undefined; readonly log?: string | undefined },
  words: readonly string[],
): Meant {
  if (output !== undefined && log !== undefined) throw new UsageError('--log and --output both name the log: give one of them');
  const named = output ?? log;
  if (named !== undefined) return { ...placeOf(named), words };
  const [first, ...rest] = words;
  const isPlace = first !== undefined && (isStoreUrl(first) || isStreamUrl(first) || (isPath(first) && existsSync(first)));
  return isPlace ? { ...placeOf(first), words: rest } : { ...placeOf(DEFAULT), words };
}

function placeOf(text: string): Omit<Meant, 'words'> {
  if (isStreamUrl(text))
    throw new UsageError('a stream cannot be asked: have a worker take it into a store (lastfix replay nats://… --output postgres://…) or into a log, and ask that');
  if (!isStoreUrl(text)) return { output: text, store: undefined };
  try {
    const store = storeUrl(text);
    return { output: store.shown, store };
  } catch (error) {
    throw error instanceof StoreError ? new UsageError(error.message, { cause: error }) : error;
  }
}

/** Says that a word that looks like a path is none, in case it was meant to name the log. */
export function mistaken(word: string): string {
  return isPath(word) ? `; to ask another log, name a file that is there: ${shown(word)} is not` : '';
}

/** Whether a word looks like the path of a log. */
export function isPath(word: string): boolean {
  return /[/\\]|\.csv$/i.test(word);
}
