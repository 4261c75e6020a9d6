import { shown } from '../../domain/shown.js';
import { UsageError } from '../UsageError.js';

/** Where a replay ends, by what `--output` says: each kind is opened by `openOutput`. */
export type Output = { readonly kind: 'log'; readonly path: string } | { readonly kind: 'stdout' };

/** What `--output` says: `-` is standard output, anything else the path of a log. @throws UsageError if it is no output */
export function outputOf(text: string): Output {
  if (text === '-') return { kind: 'stdout' };
  if (text === '' || text.endsWith('/'))
    throw new UsageError(`--output ${shown(text)} is not a file: name one, such as ${text || 'output/'}output_stream.csv`);
  return { kind: 'log', path: text };
}

/** How an output is called in messages and in the report: never with the credentials that an address may have. */
export function nameOf(output: Output): string {
  return output.kind === 'log' ? output.path : 'standard output';
}
