import { readSheet } from './readSheet.js';
import type { FormatRows, Source } from './Source.js';
import type { PartOptions } from './PartOptions.js';

/** The rows of a sheet of an Excel workbook. Holds the whole workbook. @throws FileError as `readSheet` does */
export async function* sheetRows({ name, read }: Source, { sheet, said }: Pick<PartOptions, 'sheet' | 'said'>): FormatRows {
  const chunks: Buffer[] = [];
  for await (const chunk of read()) chunks.push(chunk);
  yield await readSheet(name, Buffer.concat(chunks), { sheet, said });
}
