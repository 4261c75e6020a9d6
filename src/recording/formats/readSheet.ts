import type { CellObject } from '@e965/xlsx';
import { FileError } from '../../csv/FileError.js';
import { formatRow } from '../../csv/formatRow.js';
import type { Row } from '../../domain/fix.js';
import { listed } from '../../domain/listed.js';
import { shown } from '../../domain/shown.js';
import { sheetTime } from './sheetTime.js';

/** The errors of cells by their numbers (MS-XLS, 2.5.10), and one for those that came later. */
const ERRORS: Record<number, string> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
  43: '#GETTING_DATA',
};
const OTHER_ERROR = '#UNKNOWN!';
/** No sheet has more. */
const [MAX_ROWS, MAX_COLUMNS] = [2 ** 20, 2 ** 14];

export interface ReadSheetOptions {
  /** Which sheet, by its name or its number from 1. Default: the first. */
  readonly sheet?: string | undefined;
  /** Told, in a sentence, which other sheets there are, if none was chosen. */
  readonly said?: ((sentence: string) => void) | undefined;
}

/**
 * The rows of a sheet of an Excel workbook (.xlsx, ECMA-376), its header among them; empty ones are none.
 * Numbers are written as JavaScript writes them, so that `8250.0` is `8250` as in Excel, dates as `sheetTime` does,
 * and errors as Excel shows them. Holds the whole sheet.
 *
 * @param path what messages call it
 * @throws FileError if it cannot be read, or has no such sheet
 */
export async function readSheet(path: string, bytes: Buffer, { sheet, said }: ReadSheetOptions = {}): Promise<readonly Row[]> {
  const xlsx = await import('@e965/xlsx'); // few recordings are sheets
  const { SheetNames: names } = undamaged(path, () => xlsx.read(bytes, { type: 'buffer', bookSheets: true }));
  const chosen = indexOf(sheet, names);
  if (chosen === undefined)
    throw new FileError(
      `${path} has no sheet ${shown(sheet!)}: name one with --sheet, by its name or its number; it has ${shownNames(names)}`,
    );
  const others = names.filter((_, index) => index !== chosen);
  if (sheet === undefined && others.length > 0)
    said?.(`${path}: reading the sheet ${shown(names[chosen]!)}; there is also ${shownNames(others)}, which --sheet chooses`);
  const rows = undamaged(path, () => textsOf(xlsx, bytes, chosen));
  const width = rows.reduce((max, row) => Math.max(max, row.findLastIndex((text) => text !== '') + 1), 0);
  return rows.flatMap((row, i) => {
    const fields = Array.from({ length: width }, (_, column) => row[column] ?? '');
    return fields.some((field) => field !== '') ? [{ fields, line: i + 1, raw: formatRow(fields).slice(0, -1) }] : [];
  });
}

/** The place of a sheet by its name or, if there is none of that, its number from 1. */
function indexOf(sheet: string | undefined, names: readonly string[]): number | undefined {
  const index = sheet === undefined ? 0 : names.includes(sheet) ? names.indexOf(sheet) : /^\d+$/.test(sheet) ? Number(sheet) - 1 : -1;
  return index in names ? index : undefined;
}

function shownNames(names: readonly string[]): string {
  return listed(names.map((name) => shown(name)));
}

function undamaged<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new FileError(`cannot read ${path}: the workbook is damaged (${(cause as Error).message}): open it in Excel, and save it again`, {
      cause,
    });
  }
}

/** What the cells of a sheet say. */
function textsOf(xlsx: typeof import('@e965/xlsx'), bytes: Buffer, sheet: number): readonly (readonly string[])[] {
  const { is_date: isTime } = xlsx.SSF as { readonly is_date: (format: string) => boolean };
  const { Sheets, SheetNames, Workbook } = xlsx.read(bytes, {
    type: 'buffer',
    sheets: sheet,
    dense: true,
    cellNF: true,
    cellText: false,
    cellFormula: false,
    cellHTML: false,
  });
  const from1904 = Workbook?.WBProps?.date1904;
  const textOf = (cell?: CellObject) =>
    cell?.t === 'n' && isTime(String(cell.z ?? '')) ? sheetTime(cell.v as number, from1904) : valueOf(cell);
  const rows: readonly (readonly (CellObject | undefined)[] | undefined)[] = Sheets[SheetNames[sheet] ?? '']?.['!data'] ?? []; // with holes
  if (rows.length > MAX_ROWS || rows.some((row) => row && row.length > MAX_COLUMNS))
    throw new RangeError('a cell is beyond the end of a sheet');
  return Array.from(rows, (row) => Array.from(row ?? [], textOf));
}

function valueOf(cell: CellObject | undefined): string {
  const { t, v } = cell ?? {};
  if (t === 'e') return ERRORS[v as number] ?? OTHER_ERROR;
  if (t === 'b') return v === true ? 'TRUE' : 'FALSE';
  return String(v ?? '');
}
