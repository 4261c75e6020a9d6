import { FixTable } from './FixTable.js';

/** Two unsigned integers of 4 bytes: how many fixes, and how many bytes of text. */
const HEAD = 8;

/**
 * Some rows of a table, as bytes: the head, then the columns one after the other (arrival and event as doubles,
 * device and the start of the text as unsigned integers of 4 bytes), then the text, filled up to 8 bytes; all in
 * the byte order of the machine.
 *
 * @param into where to put them, if they find room there
 */
export function encodeFixes({ columns }: FixTable, rows: Uint32Array, into: ArrayBuffer): Buffer {
  let textBytes = 0;
  for (const row of rows) textBytes += columns.start[row + 1]! - columns.start[row]!;
  const size = HEAD + sizeOf(rows.length, textBytes);
  const bytes = Buffer.from(size > into.byteLength ? new ArrayBuffer(size) : into, 0, size);
  new Uint32Array(bytes.buffer, 0, 2).set([rows.length, textBytes]);
  const page = columnsIn(bytes.buffer, HEAD, rows.length);
  let end = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    page.arrival[i] = columns.arrival[row]!;
    page.event[i] = columns.event[row]!;
    page.device[i] = columns.device[row]!;
    page.start[i] = end;
    end += columns.text.copy(page.text, end, columns.start[row], columns.start[row + 1]);
  }
  page.start[rows.length] = end;
  return bytes;
}

/**
 * Reads such bytes as a table, with the devices of another, and says how many they are.
 *
 * @param into where to read them to, if they find room there: the table is good until that is used again
 * @param fill is to read from a place on
 */
export function decodeFixes({ devices, further }: FixTable, into: ArrayBuffer, fill: (bytes: Buffer, from: number) => void): { readonly table: FixTable; readonly bytes: number } {
  const head = Buffer.from(new ArrayBuffer(HEAD));
  fill(head, 0);
  const [rows = 0, textBytes = 0] = new Uint32Array(head.buffer);
  const size = sizeOf(rows, textBytes);
  const bytes = Buffer.from(size > into.byteLength ? new ArrayBuffer(size) : into, 0, size);
  fill(bytes, HEAD);
  const table = new FixTable(devices, further);
  table.columns = columnsIn(bytes.buffer, 0, rows);
  table.rows = rows;
  return { table, bytes: HEAD + size };
}

function sizeOf(rows: number, textBytes: number): number {
  return Math.ceil((24 * rows + 4 + textBytes) / 8) * 8;
}

function columnsIn(buffer: ArrayBufferLike, at: number, rows: number): FixTable['columns'] {
  return {
    arrival: new Float64Array(buffer, at, rows),
    event: new Float64Array(buffer, at + 8 * rows, rows),
    device: new Uint32Array(buffer, at + 16 * rows, rows),
    start: new Uint32Array(buffer, at + 20 * rows, rows + 1),
    text: Buffer.from(buffer, at + 24 * rows + 4),
  };
}
