import { copyFileSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';

/** Something done to a file behind its back; `other` is one of the same kind, of another log. */
export type Tampering = (path: string, other: string) => void;

/** A part of a file: from 0, its start, to 1, its end. */
const part = fc.double({ min: 0, max: 1, noNaN: true });

const deleted: Tampering = (path) => { rmSync(path); };
const truncated = (part: number): Tampering => (path) => { truncateSync(path, Math.floor(part * readFileSync(path).length)); };
const flipped =
  (part: number, bit: number): Tampering =>
  (path) => {
    changeByte(path, Math.floor(part * (readFileSync(path).length - 1)), (byte) => byte ^ (1 << bit));
  };
const overwritten: Tampering = (path, other) => { copyFileSync(other, path); };
const replaced: Tampering = (path, other) => {
  copyFileSync(other, `${path}.new`);
  renameSync(`${path}.new`, path);
};
const zeroed = (part: number): Tampering => (path) => {
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0, Math.floor(part * bytes.length)));
};
const lengthened = (part: number): Tampering => (path) => {
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.subarray(Math.floor(part * bytes.length)), { flag: 'a' });
};

/** What may happen to an index. */
export const indexTampering: fc.Arbitrary<Tampering> = fc.oneof(
  fc.constant(deleted),
  part.map(truncated),
  fc.tuple(part, fc.nat({ max: 7 })).map(([part, bit]) => flipped(part, bit)),
  fc.constantFrom(overwritten, replaced),
  part.map(zeroed),
  part.map(lengthened),
);

/** What may happen to a log that leaves one. */
export const logTampering: fc.Arbitrary<Tampering> = fc.oneof(
  part.map((part): Tampering => (path) => { truncateSync(path, afterHeader(path, part)); }),
  fc.constantFrom(overwritten, replaced),
  fc.tuple(part, fc.nat({ max: 9 })).map(([part, digit]): Tampering => (path) => {
    const [place] = [...readFileSync(path, 'latin1').matchAll(/\d(?=\d?Z)/g)]
      .map(({ index }) => index)
      .filter((place) => place >= afterHeader(path, part));
    if (place !== undefined) changeByte(path, place, () => 48 + digit);
  }),
);

function afterHeader(path: string, part: number): number {
  const bytes = readFileSync(path);
  const header = bytes.indexOf('\n') + 1;
  return header + Math.floor(part * (bytes.length - header));
}

function changeByte(path: string, place: number, change: (byte: number) => number): void {
  const bytes = readFileSync(path);
  if (place >= 0) bytes[place] = change(bytes[place]!);
  writeFileSync(path, bytes, { flag: 'r+' });
}
