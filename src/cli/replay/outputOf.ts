import { shown } from '../../domain/shown.js';
import { isStoreUrl, storeUrl, type StoreUrl } from '../../store/storeUrl.js';
import { StoreError } from '../../store/StoreError.js';
import { UsageError } from '../UsageError.js';

/** Where a replay ends, by what `--output` says: each kind is opened by `openOutput`. */
export type Output =
  | { readonly kind: 'log'; readonly path: string }
  | { readonly kind: 'store'; readonly url: StoreUrl }
  | { readonly kind: 'stdout' };

/** What `--output` says: `-` is standard output, a URL a database, else it is a log. @throws UsageError if it is none */
export function outputOf(text: string): Output {
  if (text === '-') return { kind: 'stdout' };
  if (isStoreUrl(text)) return { kind: 'store', url: urlOf(text) };
  if (text === '' || text.endsWith('/'))
    throw new UsageError(`--output ${shown(text)} is not a file: name one, such as ${text || 'output/'}output_stream.csv`);
  return { kind: 'log', path: text };
}

/** How an output is called in messages and in the report: never with the credentials that an address may have. */
export function nameOf(output: Output): string {
  if (output.kind === 'store') return output.url.shown;
  return output.kind === 'log' ? output.path : 'standard output';
}

function urlOf(text: string): StoreUrl {
  try {
    return storeUrl(text);
  } catch (error) {
    throw error instanceof StoreError ? new UsageError(`--output: ${error.message}`) : error;
  }
}
