import { shown } from '../../domain/shown.js';
import { UsageError } from '../UsageError.js';

/** Where a replay ends, by what `--output` says: each kind is opened by `openOutput`. */
export interface Output {
  readonly kind: 'log';
  readonly path: string;
}

/** What `--output` says. @throws UsageError if it is no output */
export function outputOf(text: string): Output {
  if (text === '' || text.endsWith('/'))
    throw new UsageError(`--output ${shown(text)} is not a file: name one, such as ${text || 'output/'}output_stream.csv`);
  return { kind: 'log', path: text };
}

/** How an output is called in messages and in the report: never with the credentials that an address may have. */
export function nameOf({ path }: Output): string {
  return path;
}
