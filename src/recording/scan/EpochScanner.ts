import type { Bytes } from '../../csv/copyBytes.js';
import type { Instant } from '../../domain/instant.js';
import { PLAIN } from '../../domain/times/Zone.js';
import { fourDigits } from '../../csv/fourDigits.js';
import { NO, type TimeScanner } from './TimeScanner.js';

const [POINT, ZERO] = [46, 48] as const;
/** Digits before the point, and how many microseconds one of the last of them is. */
const MICROS = new Float64Array(20);
for (const [digits, micros] of [[9, 1e6], [10, 1e6], [12, 1e3], [13, 1e3], [15, 1], [16, 1]] as const) MICROS[digits] = micros;
/** What is more is not exact, and of nanoseconds the last three digits are cut. */
const EXACT = 16;

/** Reads numbers of seconds, milliseconds, microseconds and nanoseconds since 1970 from bytes, as `epochTime` does. */
export class EpochScanner implements TimeScanner {
  instant: Instant = 0;
  readonly kind = PLAIN;
  readonly isZoneless = false;

  scan({ bytes, view }: Bytes, start: number): number {
    const high = fourDigits(view.getInt32(start));
    const low = fourDigits(view.getInt32(start + 4));
    if (high === NO || low === NO) return NO;
    let at = start + 8;
    let whole = high * 10_000 + low;
    let before = 0;
    for (let digit = bytes[at]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[++at]! - ZERO) {
      if (at - start >= 19) return NO;
      if (at - start === 15) before = whole;
      if (at - start < EXACT) whole = whole * 10 + digit;
    }
    const digits = at - start;
    if (digits >= 18) {
      this.instant = digits === 18 ? before : whole;
      if (bytes[at] === POINT || !Number.isSafeInteger(whole)) return NO;
      return at;
    }
    const micros = MICROS[digits]!;
    if (micros === 0) return NO;
    let instant = whole * micros;
    if (bytes[at] === POINT) {
      const from = ++at;
      let unit = micros / 10;
      for (let digit = bytes[at]! - ZERO; digit >= 0 && digit <= 9; digit = bytes[++at]! - ZERO) {
        if (unit >= 1) instant += unit * digit;
        unit /= 10;
      }
      if (at === from) return NO;
    }
    this.instant = instant;
    return Number.isSafeInteger(instant) ? at : NO;
  }
}
