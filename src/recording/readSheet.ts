import { readFile } from 'node:fs/promises';
import type { CellObject } from '@e965/xlsx';
import { FileError } from '../csv/FileError.js';
import { formatRow } from '../csv/formatRow.js';
import type { Row } from '../domain/fix.js';
import { sheetTime } from './sheetTime.js';

/** What a ZIP archive, and so a workbook, starts with. */
const ZIP = Buffer.from('PK');
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
const [MOST_ROWS, MOST_COLUMNS] = [2 ** 20, 2 ** 14];

/** Whether a path names an Excel workbook. */
export function isSheet(path: string): boolean {
  return /\.xlsx$/i.test(path);
}

/**
 * The rows of the first sheet of an Excel workbook (.xlsx, ECMA-376), its header among them; empty ones are none.
 * Numbers are written as JavaScript writes them, so that `8250.0` is `8250` as in Excel, dates as `sheetTime` does,
 * and errors as Excel shows them. Holds the whole sheet. @throws FileError if it cannot be read.
 */
export async function readSheet(path: string, seen: (chunk: Buffer) => void = () => undefined): Promise<readonly Row[]> {
  const bytes = await FileError.attempt('read', path, readFile(path));
  seen(bytes);
  const rows = await textsOf(path, bytes);
  const width = rows.reduce((most, row) => Math.max(most, row.findLastIndex((text) => text !== '') + 1), 0);
  return rows.flatMap((row, i) => {
    const fields = Array.from({ length: width }, (_, column) => row[column] ?? '');
    return fields.some((field) => field !== '') ? [{ fields, line: i + 1, raw: formatRow(fields).slice(0, -1) }] : [];
  });
}

/** What the cells of the first sheet say. */
async function textsOf(path: string, bytes: Buffer): Promise<readonly (readonly string[])[]> {
  if (!bytes.subarray(0, ZIP.length).equals(ZIP))
    throw new FileError(
      `cannot read ${path}: it is not an .xlsx workbook, or it needs a password: save it as one without a password, or as CSV`,
    );
  const xlsx = await import('@e965/xlsx'); // few recordings are sheets
  const { is_date: isTime } = xlsx.SSF as { readonly is_date: (format: string) => boolean };
  try {
    const { Sheets, SheetNames, Workbook } = xlsx.read(bytes, {
      type: 'buffer',
      sheets: 0,
      dense: true,
      cellNF: true,
      cellText: false,
      cellFormula: false,
      cellHTML: false,
    });
    const from1904 = Workbook?.WBProps?.date1904;
    const textOf = (cell?: CellObject) =>
      cell?.t === 'n' && isTime(String(cell.z ?? '')) ? sheetTime(cell.v as number, from1904) : valueOf(cell);
    const rows: readonly (readonly (CellObject | undefined)[] | undefined)[] = Sheets[SheetNames[0] ?? '']?.['!data'] ?? []; // with holes
    if (rows.length > MOST_ROWS || rows.some((row) => row && row.length > MOST_COLUMNS))
      throw new RangeError('a cell is beyond the end of a sheet');
    return Array.from(rows, (row) => Array.from(row ?? [], textOf));
  } catch (cause) {
    throw new FileError(`cannot read ${path}: the workbook is damaged (${(cause as Error).message}): open it in Excel, and save it again`, {
      cause,
    });
  }
}

function valueOf(cell: CellObject | undefined): string {
  const { t, v } = cell ?? {};
  if (t === 'e') return ERRORS[v as number] ?? OTHER_ERROR;
  if (t === 'b') return v === true ? 'TRUE' : 'FALSE';
  return String(v ?? '');
}
