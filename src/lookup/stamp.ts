import { isSealed, PAGE, sealPages } from './page.js';

/** What an index starts with, in words, and once more at the end of its first page, should one of them be damaged. */
export const SIGNATURE = 'lastfix index: may be deleted at any time\n';
const SECOND_SIGNATURE = PAGE / 2;
const NUMBERS = 64;

/** The state of a CSV file in which its index was known to go with it. */
export interface Stamp {
  readonly dev: bigint;
  readonly ino: bigint;
  /** Bytes. */
  readonly size: bigint;
  /** When the file was changed last, in ns since 1970: only the system sets it. */
  readonly ctimeNs: bigint;
}

/** What the first page of an index says. */
export interface Stamped {
  readonly state: Stamp;
  /** Another number whenever what was written before may be written over. */
  readonly edition: bigint;
}

/** The stamp of no file. */
export const NO_STAMP: Stamp = { dev: 0n, ino: 0n, size: 0n, ctimeNs: 0n };

/** Makes an empty page, or one that was made so before, the first page of an index. */
export function stampPage(page: Buffer, { dev, ino, size, ctimeNs }: Stamp, edition: bigint): Buffer {
  page.write(SIGNATURE, 0, 'latin1');
  page.write(SIGNATURE, SECOND_SIGNATURE, 'latin1');
  [dev, ino, size, ctimeNs, edition].forEach((number, i) => page.writeBigUInt64LE(BigInt.asUintN(64, number), NUMBERS + 8 * i));
  return sealPages(page, 0);
}

/** Reads the first page of an index; `undefined` if it is damaged, or being written. */
export function parseStamp(page: Buffer): Stamped | undefined {
  if (!isSealed(page, 0) || !page.toString('latin1').startsWith(SIGNATURE)) return undefined;
  const number = (i: number) => page.readBigUInt64LE(NUMBERS + 8 * i);
  return { state: { dev: number(0), ino: number(1), size: number(2), ctimeNs: number(3) }, edition: number(4) };
}

/** Whether a file that starts so may be replaced by an index: it is one, or what is left of one. */
export function wasIndex(start: Buffer): boolean {
  const text = start.toString('latin1');
  const end = text.slice(SECOND_SIGNATURE, SECOND_SIGNATURE + SIGNATURE.length);
  return SIGNATURE.startsWith(text.slice(0, SIGNATURE.length)) || end === SIGNATURE || start.every((byte) => byte === 0);
}

/** Whether a file is still in the state that was stamped. */
export function isStampOf(stamp: Stamp, file: Stamp): boolean {
  return (
    stamp.dev === BigInt.asUintN(64, file.dev) &&
    stamp.ino === BigInt.asUintN(64, file.ino) &&
    stamp.size === file.size &&
    stamp.ctimeNs === file.ctimeNs
  );
}
