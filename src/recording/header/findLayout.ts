import { columnSpec } from '../../domain/columnSpec.js';
import { RECORDING_COLUMNS, type ColumnNames, type Columns } from '../../domain/columns.js';
import type { Layout, LayoutPart } from '../../domain/Layout.js';
import { listed } from '../../domain/listed.js';
import { missingColumns } from '../../domain/missingColumns.js';
import { searchColumns, type Lacking } from '../../domain/searchColumns.js';
import { deviceOfFile } from './deviceOfFile.js';
import { LAYOUTS } from '../layouts/LAYOUTS.js';
import { laidOver } from './laidOver.js';
import { NoLayout } from './NoLayout.js';
import type { Form, NamedLayout } from '../layouts/NamedLayout.js';

/** The fields of what may be a header, by what separates them; nothing does in what is no text. */
export interface HeaderRead {
  readonly delimiter?: string;
  readonly fields: readonly string[];
}

/** What is said about a file. */
export interface Said {
  /** What it is called. */
  readonly file: string;
  /** All but the layout it is laid over. */
  readonly given?: Layout | undefined;
  /** The layout that was asked for. Default: that of a recording, or a known one whose columns the header has. */
  readonly named?: NamedLayout | undefined;
}

/** How a file is read. */
export interface Understood {
  readonly columns: Columns;
  /** All that is known about it, its columns by the names that they have in the header. */
  readonly layout: Layout;
  /** Which known layout it is. */
  readonly name?: string;
  /** Whether that was found by the header. */
  readonly isFound: boolean;
  /** Whether that is the one of its format, of which nothing was said. */
  readonly isOfFormat?: boolean;
  /** Whether a byte order mark says that it is UTF-16. */
  readonly isMarked?: boolean;
  /** Whether what separates fields was. */
  readonly isSeparatorFound: boolean;
  /** The line in which the header of a workbook was found, if it is not the first. */
  readonly headerLine?: number;
  /** The parts whose column has another name than the one that was asked for. */
  readonly inexact: readonly LayoutPart[];
}

/** The columns of a recording, and none. */
const USUAL: Form = { columns: RECORDING_COLUMNS };
/** The layouts by which a header may be known. */
const OF_CSV = LAYOUTS.filter(({ format }) => format === undefined);
const NO_COLUMNS: ColumnNames = { device: '', latitude: '', longitude: '', event: '', arrival: '', speed: '' };

/**
 * Finds out how a file is read by its header alone: the columns that are asked for, else those of exactly one known layout.
 *
 * @param headers the same line, as it is separated in each way, in the order of preference
 * @returns what is wrong with it, if it cannot be
 */
export function findLayout(headers: readonly HeaderRead[], { file, given = {}, named }: Said): Understood | Error {
  const forms = (named?.forms ?? [USUAL]).map((form) => laidOver(form, given));
  for (const form of forms) {
    for (const header of headers) {
      const columns = columnsOf(header, form, file);
      if (!('missing' in columns)) return understood(columns, form, header, named && { name: named.name, isFound: false });
    }
  }
  if (!named) {
    for (const header of headers) {
      const known = OF_CSV.map((layout) => ({ layout, found: knownBy(layout, header, given, file) })).filter(({ found }) => found);
      const [first] = known;
      if (known.length > 1)
        return new NoLayout(
          `the header has the columns of the layouts ${listed(known.map(({ layout }) => layout.name))}: say which it is, with --layout`,
        );
      if (first) return understood(first.found!.columns, first.found!.form, header, { name: first.layout.name, isFound: true });
    }
  }
  const almost = named ? undefined : almostKnown(headers, given, file);
  if (almost !== undefined)
    return new NoLayout(`the header is that of the layout ${almost}, which has no column for the device: give --device NAME`);
  return new NoLayout(whatIsMissing(headers, forms, { file, usual: named?.forms[0]?.columns }));
}

/** The layout of which a header has all but the device, which is not said. */
function almostKnown(headers: readonly HeaderRead[], given: Layout, file: string): string | undefined {
  if (given.device !== undefined || given.columns?.device !== undefined) return undefined;
  const anyDevice = { ...given, device: 'any' };
  return OF_CSV.find((layout) => headers.some((header) => knownBy(layout, header, anyDevice, file)))?.name;
}

/** What a header is as a known layout, if it has all of its columns. */
function knownBy({ forms }: NamedLayout, header: HeaderRead, given: Layout, file: string) {
  for (const { knownBy = [], ...known } of forms) {
    if (known.header) continue;
    const form = laidOver(known, given);
    const columns = columnsOf(header, form, file);
    const names = new Set(header.fields.map((name) => name.toLowerCase()));
    if (!('missing' in columns) && knownBy.every((name) => names.has(name.toLowerCase()))) return { form, columns };
  }
  return undefined;
}

function columnsOf({ fields }: HeaderRead, { columns, device, keep }: Layout, file: string): Columns | Lacking {
  const names = { ...NO_COLUMNS, ...columns };
  return searchColumns(fields, names, { device: device ?? (names.device === '@file' ? deviceOfFile(file) : undefined), keep });
}

function understood(columns: Columns, form: Layout, { delimiter }: HeaderRead, known?: { name: string; isFound: boolean }): Understood {
  const { device = '' } = form.columns ?? {};
  const asked = Object.entries(form.columns ?? {}) as [LayoutPart, string][];
  const names = { ...columns.names, ...(device === '@file' && form.device === undefined ? { device } : {}) };
  const said = Object.fromEntries(Object.entries(form).filter(([key]) => key !== 'knownBy')) as Layout;
  const layout = { ...said, columns: names, ...(delimiter === undefined ? {} : { delimiter }) };
  return {
    columns,
    layout,
    ...(known ? { name: known.name } : {}),
    isFound: known?.isFound ?? false,
    isSeparatorFound: delimiter !== undefined && form.delimiter === undefined,
    inexact: known ? [] : asked.filter(([part, name]) => isOther(name, columns.names[part] ?? '')).map(([part]) => part),
  };
}

/** Whether a column that was asked for by one name has another. */
function isOther(asked: string, is: string): boolean {
  const [ref, ...others] = columnSpec(asked) ?? [];
  return ref !== undefined && others.length === 0 && is !== '' && asked !== is && (!('name' in ref) || ref.name !== is);
}

/** What is missing in the header that has the most of it. */
function whatIsMissing(
  headers: readonly HeaderRead[],
  forms: readonly Layout[],
  { file, usual }: { readonly file: string; readonly usual: Layout['columns'] },
): string {
  const all = forms.flatMap((form) =>
    headers.map((header) => ({ form, header, lacking: columnsOf(header, form, file) as Lacking })),
  );
  const best = all.reduce((best, one) => {
    const more = best.lacking.missing.length - one.lacking.missing.length || one.header.fields.length - best.header.fields.length;
    return more > 0 ? one : best;
  });
  const { header, form, lacking } = best;
  const isSeparated = header.delimiter !== undefined;
  return missingColumns(header.fields, { ...NO_COLUMNS, ...form.columns }, lacking, { device: form.device, usual, isSeparated });
}
