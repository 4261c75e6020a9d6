import type { Instant } from '../domain/instant.js';

/** The numbers of the types of PostgreSQL's catalogue, which never change. */
const OID = { bytea: 17, int8: 20, int2: 21, text: 25, float8: 701, timestamptz: 1184, jsonb: 3802 };
/** Dimensions, whether there are nulls, the type; of the one dimension its length and its first index. */
const HEAD_BYTES = 20;
/** 2000-01-01T00:00:00Z, from which PostgreSQL counts its microseconds. */
const EPOCH = 946_684_800_000_000;
const HIGH = 2 ** 32;
const JSONB_VERSION = 1;

/**
 * Arrays as PostgreSQL takes them in its binary format (`array_recv` in its sources): in a fifth of the time that their
 * texts take to write and to read. Whole numbers up to 2^53, instants in µs.
 */
export const binaryArrays = {
  int2: (values: readonly number[]) => fixed(OID.int2, 2, values, (bytes, value, at) => bytes.writeInt16BE(value, at)),
  int8: (values: readonly (number | null)[]) => fixed(OID.int8, 8, values, writeWhole),
  float8: (values: readonly (number | null)[]) => fixed(OID.float8, 8, values, (bytes, value, at) => bytes.writeDoubleBE(value, at)),
  timestamptz: (values: readonly (Instant | null)[]) =>
    fixed(OID.timestamptz, 8, values, (bytes, value, at) => {
      writeWhole(bytes, value - EPOCH, at);
    }),
  text: (values: readonly (string | null)[]) => texts(OID.text, values),
  bytea: (values: readonly (string | null)[]) => texts(OID.bytea, values),
  jsonb: (values: readonly (string | null)[]) => texts(OID.jsonb, values, JSONB_VERSION),
};

function fixed<T extends number>(
  oid: number,
  size: number,
  values: readonly (T | null)[],
  write: (bytes: Buffer, value: T, at: number) => void,
): Buffer {
  const bytes = Buffer.allocUnsafe(HEAD_BYTES + values.length * (4 + size));
  let at = begin(bytes, oid, values.length);
  for (const value of values) {
    at = bytes.writeInt32BE(value === null ? -1 : size, at);
    if (value === null) continue;
    write(bytes, value, at);
    at += size;
  }
  return bytes.subarray(0, at);
}

function texts(oid: number, values: readonly (string | null)[], version?: number): Buffer {
  const prefix = version === undefined ? 0 : 1;
  let room = HEAD_BYTES + 4 * values.length;
  for (const value of values) if (value !== null) room += prefix + 3 * value.length; // as many as UTF-8 ever takes
  const bytes = Buffer.allocUnsafe(room);
  let at = begin(bytes, oid, values.length);
  for (const value of values) {
    if (value === null) {
      at = bytes.writeInt32BE(-1, at);
      continue;
    }
    if (version !== undefined) bytes[at + 4] = version;
    const length = prefix + bytes.write(value, at + 4 + prefix);
    at = bytes.writeInt32BE(length, at) + length;
  }
  return bytes.subarray(0, at);
}

function begin(bytes: Buffer, oid: number, length: number): number {
  [1, 1, oid, length, 1].forEach((word, i) => bytes.writeInt32BE(word, 4 * i));
  return HEAD_BYTES;
}

function writeWhole(bytes: Buffer, value: number, at: number): void {
  const high = Math.floor(value / HIGH);
  bytes.writeInt32BE(high, at);
  bytes.writeUInt32BE(value - high * HIGH, at + 4);
}
