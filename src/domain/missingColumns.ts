import { columnSpec } from './columnSpec.js';
import { RECORDING_COLUMNS, type ColumnNames, type Part } from './columns.js';
import type { FindColumnsOptions, Lacking } from './searchColumns.js';
import { proposeColumns } from './proposeColumns.js';
import { shown } from './shown.js';

/** So many names of a header are told. */
const TOLD = 30;
/** What is data rather than a name. */
const VALUE = /^[+-]?\d[\d.,:/TZ +-]*$/;

/**
 * Says which parts a header lacks, and proposes the options to read it with.
 *
 * @param options whether something separates its names, as in CSV and not in JSON: then it may be another than is looked for
 */
export function missingColumns(
  header: readonly string[],
  names: ColumnNames,
  { missing, taken }: Lacking,
  { device, usual = RECORDING_COLUMNS, isSeparated = true }: FindColumnsOptions & { readonly isSeparated?: boolean } = {},
): string {
  const it = header.length > TOLD ? ` and ${header.length - TOLD} more` : '';
  const has = `it has ${header.slice(0, TOLD).map((name) => shown(name)).join(', ')}${it}`;
  const filled = header.filter((name) => name !== '');
  if (filled.length > 1 && filled.filter((name) => VALUE.test(name)).length * 2 > filled.length)
    return `the first line is not a header but a row, ${shown(header.join(','))}: name its columns, ${headerOption(header.length)}`;
  if (isSeparated && header.length === 1 && missing.length > 2)
    return (
      `the header is one column, ${shown(header[0]!)}: lastfix reads CSV, with a header whose names are separated by commas, ` +
      'tabs, semicolons or bars; another separator is given by --delimiter'
    );
  const lacked = missing.map((part) => (names[part] ? `${shown(bare(names[part]))} (${part})` : `for the ${part}`)).join(', ');
  return `the header has no column ${lacked}: try ${proposal(header, names, { missing, taken }, { device, usual })}; ${has}`;
}

/** The options that read a header, as far as its names tell. */
function proposal(
  header: readonly string[],
  names: ColumnNames,
  { missing, taken }: Lacking,
  { device, usual = {} }: FindColumnsOptions,
): string {
  const parts = Object.keys(RECORDING_COLUMNS) as Part[];
  const proposed = proposeColumns(header, missing.filter((part) => part !== 'zone'), taken);
  const written = parts.flatMap((part) => {
    if (!missing.includes(part)) return names[part] === (usual[part] ?? '') ? [] : [`${part}=${names[part]}`];
    return proposed.has(part) ? [`${part}=${proposed.get(part)}`] : part === 'device' ? [] : [`${part}=NAME`];
  });
  const columns = written.join(',');
  const option = columns === '' ? '' : `--columns ${/^[\w=,.+-]*$/.test(columns) ? columns : `'${columns.replaceAll("'", "'\\''")}'`}`;
  const isDeviceless = missing.includes('device') && !proposed.has('device') && device === undefined;
  return [option, isDeviceless ? '--device NAME' : ''].filter((text) => text !== '').join(' ');
}

/** `--header` for so many columns. */
function headerOption(count: number): string {
  const usual = Object.values(RECORDING_COLUMNS);
  const names = Array.from({ length: Math.min(count, TOLD) }, (_, i) => usual[i] ?? `column_${i + 1}`).join(',');
  return `--header ${names}${count > TOLD ? ',…' : ''} in their order`;
}

/** A name as the header would have it. */
function bare(text: string): string {
  const refs = columnSpec(text);
  return refs?.length === 1 && 'name' in refs[0]! ? refs[0].name : text;
}
