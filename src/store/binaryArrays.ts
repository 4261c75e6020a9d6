import type { Instant } from '../domain/instant.js';

/** The numbers of the types of PostgreSQL's catalogue, which never change. */
const OID = { bytea: 17, int8: 20, int2: 21, text: 25, float8: 701, timestamptz: 1184, jsonb: 3802 };
/** Dimensions, whether there are nulls, the type; of the one dimension its length and its first index. */
const HEAD_BYTES = 20;
/** 2000-01-01T00:00:00Z, from which PostgreSQL counts its microseconds. */
const EPOCH = 946_684_800_000_000;
const HIGH = 2 ** 32;
const JSONB_VERSION = 1;
/** What stands for the length of a null. */
const NULL = -1;

/**
 * Arrays as PostgreSQL takes them in its binary format (`array_recv` in its sources): in a fifth of the time that their
 * texts take to write and to read. Whole numbers up to 2^53, instants in µs.
 */
export const binaryArrays = {
  int2: (values: readonly number[]) => fixed(OID.int2, 2, values, (bytes, value, at) => { bytes.setInt16(at, value); }),
  int8: (values: readonly (number | null)[]) => fixed(OID.int8, 8, values, setWhole),
  float8: (values: readonly (number | null)[]) => fixed(OID.float8, 8, values, (bytes, value, at) => { bytes.setFloat64(at, value); }),
  timestamptz: (values: readonly (Instant | null)[]) =>
    fixed(OID.timestamptz, 8, values, (bytes, value, at) => { setWhole(bytes, value - EPOCH, at); }),
  text: (values: readonly (string | null)[]) => texts(OID.text, values),
  bytea: (values: readonly (string | Uint8Array)[]) => blobs(OID.bytea, values.map((value) => (typeof value === 'string' ? Buffer.from(value) : value))),
  jsonb: (values: readonly (string | null)[]) => texts(OID.jsonb, values, JSONB_VERSION),
};

function fixed<T extends number>(
  oid: number,
  size: number,
  values: readonly (T | null)[],
  set: (bytes: DataView, value: T, at: number) => void,
): Buffer {
  const { buffer, bytes } = begun(oid, values.length, values.length * size);
  let at = HEAD_BYTES;
  for (const value of values) {
    bytes.setInt32(at, value === null ? NULL : size);
    at += 4;
    if (value === null) continue;
    set(bytes, value, at);
    at += size;
  }
  return buffer.subarray(0, at);
}

function texts(oid: number, values: readonly (string | null)[], version?: number): Buffer {
  const prefix = version === undefined ? 0 : 1;
  let most = 0;
  for (const value of values) if (value !== null) most += prefix + 3 * value.length; // as many as UTF-8 ever takes
  const { buffer, bytes } = begun(oid, values.length, most);
  let at = HEAD_BYTES;
  for (const value of values) {
    if (value === null) bytes.setInt32(at, NULL);
    else {
      if (version !== undefined) buffer[at + 4] = version;
      const length = prefix + buffer.write(value, at + 4 + prefix);
      bytes.setInt32(at, length);
      at += length;
    }
    at += 4;
  }
  return buffer.subarray(0, at);
}

function blobs(oid: number, values: readonly Uint8Array[]): Buffer {
  const { buffer, bytes } = begun(oid, values.length, values.reduce((sum, { length }) => sum + length, 0));
  let at = HEAD_BYTES;
  for (const value of values) {
    bytes.setInt32(at, value.length);
    buffer.set(value, at + 4);
    at += 4 + value.length;
  }
  return buffer;
}

/** An array of so many values, before the first of them, and room for as many bytes as they may take. */
function begun(oid: number, length: number, most: number): { readonly buffer: Buffer; readonly bytes: DataView } {
  const buffer = Buffer.allocUnsafe(HEAD_BYTES + 4 * length + most);
  const bytes = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
  [1, 1, oid, length, 1].forEach((word, i) => { bytes.setInt32(4 * i, word); });
  return { buffer, bytes };
}

function setWhole(bytes: DataView, value: number, at: number): void {
  const high = Math.floor(value / HIGH);
  bytes.setInt32(at, high);
  bytes.setUint32(at + 4, value - high * HIGH);
}
