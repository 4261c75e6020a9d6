import fc from 'fast-check';
import type { Fix } from '../../src/domain/fix.js';

const MOST = Number.MAX_SAFE_INTEGER;
const NOON = Date.UTC(2021, 9, 23, 12) * 1000;

/** Any instant; some at the ends, some equal, some within a minute or a second of one another. */
export const instants = fc.oneof(
  fc.integer({ min: -MOST, max: MOST }),
  fc.constantFrom(-MOST, -MOST + 1, -60_000_001, -60_000_000, -1, -0 + 0, 1, 59_999_999, 60_000_000, MOST - 1, MOST),
  fc.integer({ min: 0, max: 3 }).map((micros) => NOON + micros),
  fc.integer({ min: 0, max: 100_000_000 }).map((micros) => NOON + 10 * micros),
);

const numbers = fc.constantFrom('0', '-0', '7', '7.0', '26.758323669433594', '-12.5', '1e1', '+3', `0.${'1'.repeat(62)}`);

/** Texts with what CSV has quotes for, of other scripts, empty and long. */
export const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('', 'a,b', '"', 'q"q', 'two\nlines', 'two\r\nlines', '\r', 'é', 'नाम', '\u{1f600}', ',', ' '),
  fc.constantFrom(62, 63, 64, 65, 66, 67, 68).map((length) => 'x'.repeat(length)),
);
const longTexts = fc.constantFrom(4000, 100_000, 200_000).map((length) => `${'x'.repeat(length - 2)}é`);

export interface ArbitraryFixesOptions {
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Of how many extra columns. Default: 0 to 2. */
  readonly extra?: number;
  readonly times?: fc.Arbitrary<number>;
}

/** Any fixes of a stream, in any order. */
export const arbitraryFixes = ({ minLength = 0, maxLength = 30, extra, times = instants }: ArbitraryFixesOptions = {}): fc.Arbitrary<
  Fix[]
> => {
  const columns = extra === undefined ? fc.nat({ max: 2 }) : fc.constant(extra);
  const text = fc.oneof({ weight: 20, arbitrary: texts }, { weight: 1, arbitrary: longTexts });
  const device = text.map((id) => id || 'a');
  return columns.chain((count) =>
    fc.array(
      fc.record({
        device,
        arrival: times,
        event: times,
        latitude: numbers,
        longitude: numbers,
        speed: fc.oneof(fc.constant(''), numbers),
        extra: fc.array(text, { minLength: count, maxLength: count }),
      }),
      { minLength, maxLength },
    ),
  );
};
