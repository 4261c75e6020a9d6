import { createRequire } from 'node:module';
import type { parse } from 'csv-parse/sync';

const require = createRequire(import.meta.url);

/** The fields of one row, given without its line end, as csv-parse reads them. */
export function parseRow(raw: string): readonly string[] {
  if (!raw.includes('"')) return raw.split(',');
  const csv = require('csv-parse/sync') as { readonly parse: typeof parse }; // takes 10 ms to load, and few rows need it
  return csv.parse(raw, { record_delimiter: ['\r\n', '\n'], relax_column_count: true, relax_quotes: true })[0] ?? [];
}
