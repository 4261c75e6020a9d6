import { readFile } from 'node:fs/promises';
import { FileError } from '../csv/FileError.js';
import { formatRow } from '../csv/formatRow.js';
import type { Row } from '../domain/fix.js';

/** Whether a path names an Excel workbook. */
export function isSheet(path: string): boolean {
  return /\.xlsx$/i.test(path);
}

/**
 * The rows of the first sheet of an Excel workbook (.xlsx, ECMA-376), its header among them; empty ones are none.
 * Numbers are as they stand in the file, dates, which Excel keeps in no zone, in UTC to the millisecond. Holds the
 * whole sheet. @throws FileError if it cannot be read.
 */
export async function readSheet(path: string, seen: (chunk: Buffer) => void = () => undefined): Promise<readonly Row[]> {
  const bytes = await FileError.attempt('read', path, readFile(path));
  seen(bytes);
  const { readSheet } = await import('read-excel-file/node'); // few recordings are sheets
  const sheet = await FileError.attempt('read', path, readSheet(bytes, { trim: false, parseNumber: (text) => text }));
  return sheet.flatMap((cells, i) => {
    const fields = cells.map(textOf);
    return fields.some((field) => field !== '') ? [{ fields, line: i + 1, raw: formatRow(fields).trimEnd() }] : [];
  });
}

function textOf(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString();
  return typeof cell === 'string' ? cell : cell === null ? '' : JSON.stringify(cell);
}
