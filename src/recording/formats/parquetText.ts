import { isUtf8 } from 'node:buffer';
import type { SchemaElement, TimeUnit } from 'hyparquet';
import { stringify } from 'lossless-json';

const DAY = 86_400_000_000_000n;
/** How many nanoseconds a unit has, and how many digits of a second it tells. */
const UNITS: Readonly<Record<TimeUnit, { readonly nanos: bigint; readonly digits: number }>> = {
  MILLIS: { nanos: 1_000_000n, digits: 3 },
  MICROS: { nanos: 1000n, digits: 6 },
  NANOS: { nanos: 1n, digits: 9 },
};

/** How to write the values of a column, as they stand in the file, by what its schema says that they are. Null is empty. */
export function parquetText(element: Partial<SchemaElement>): (value: unknown) => string {
  const write = writer(element);
  return (value) => (value === null || value === undefined ? '' : write(value));
}

function writer({ type, converted_type: converted, logical_type: logical, scale = 0 }: Partial<SchemaElement>): (value: unknown) => string {
  if (logical?.type === 'DECIMAL' || converted === 'DECIMAL') return (value) => decimal(integer(value), scale);
  if (logical?.type === 'TIMESTAMP') return (value) => instant(value, logical.unit, logical.isAdjustedToUTC ? 'Z' : '');
  if (converted === 'TIMESTAMP_MILLIS') return (value) => instant(value, 'MILLIS', 'Z');
  if (converted === 'TIMESTAMP_MICROS') return (value) => instant(value, 'MICROS', 'Z');
  if (logical?.type === 'DATE' || converted === 'DATE')
    return (value) => time(BigInt(value as number) * DAY, 0).slice(0, 'YYYY-MM-DD'.length);
  if (logical?.type === 'TIME') return (value) => instant(value, logical.unit, '').slice('1970-01-01T'.length);
  if (converted === 'TIME_MILLIS') return (value) => instant(value, 'MILLIS', '').slice('1970-01-01T'.length);
  if (converted === 'TIME_MICROS') return (value) => instant(value, 'MICROS', '').slice('1970-01-01T'.length);
  if (type === 'INT96') return (value) => instant(value, 'NANOS', 'Z'); // as Spark, Hive and Impala write it
  if (type === 'FLOAT') return (value) => single(value as number);
  return plain;
}

/** What a value says by itself. */
function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return isUtf8(value) ? Buffer.from(value).toString() : Buffer.from(value).toString('hex');
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return stringify(value, (_, part) => (part instanceof Uint8Array ? plain(part) : part)) ?? '';
}

/** The least digits by which a number of 32 bits is told from its neighbours. */
function single(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}

/** An integer of any width: as it is, or its bytes, the first the highest, in two's complement. */
function integer(value: unknown): bigint {
  if (!(value instanceof Uint8Array)) return BigInt(value as number | bigint);
  return value.length === 0 ? 0n : BigInt.asIntN(8 * value.length, BigInt(`0x${Buffer.from(value).toString('hex')}`));
}

/** An integer with `scale` of its digits behind the point. */
function decimal(unscaled: bigint, scale: number): string {
  const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
  const at = digits.length - scale;
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, at)}${scale > 0 ? `.${digits.slice(at)}` : ''}`;
}

function instant(value: unknown, unit: TimeUnit, zone: string): string {
  const { nanos, digits } = UNITS[unit];
  return `${time(BigInt(value as number | bigint) * nanos, digits)}${zone}`;
}

/** Nanoseconds since 1970 as YYYY-MM-DDThh:mm:ss with `digits` digits of the second; as the number, if it is not a date. */
function time(nanos: bigint, digits: number): string {
  const second = 1_000_000_000n;
  const within = ((nanos % second) + second) % second;
  const seconds = new Date(Number((nanos - within) / 1_000_000n));
  if (Number.isNaN(seconds.getTime())) return String(nanos);
  const fraction = String(within).padStart(9, '0').slice(0, digits);
  return `${seconds.toISOString().slice(0, -'.000Z'.length)}${digits > 0 ? `.${fraction}` : ''}`;
}
