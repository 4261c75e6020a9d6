import { access, constants, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FileError } from '../../index.js';
import { clearDrafts } from '../../csv/clearDrafts.js';
import { replaceFile } from '../../log/replaceFile.js';
import type { ReplayReport } from './reportOf.js';

/** Makes sure, before a run that may last, that its report can be written. */
export async function makeFolderOf(path: string): Promise<void> {
  const folder = dirname(path);
  await FileError.attempt('make the folder', folder, mkdir(folder, { recursive: true }));
  await FileError.attempt('write', path, access(folder, constants.W_OK));
}

/** Writes the report as JSON, and clears what runs that were killed while they did have left behind. */
export async function writeReport(path: string, report: ReplayReport): Promise<void> {
  await clearDrafts([path]);
  await replaceFile(path, `${JSON.stringify(report, sixDigits, 2)}\n`, false);
}

/** Six significant digits are more than a measurement has. */
function sixDigits(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
}
