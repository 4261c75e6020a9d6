import fc from 'fast-check';

/** A text as a CSV field, in quotes if it needs them, or for no reason. */
const field = (text: string, quoted: boolean) => (quoted || /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const ZONES: readonly (readonly [text: string, minutes: number])[] = [['Z', 0], ['', 0], ['+05:30', 330], ['+0530', 330], ['-08', -480]];

/** A few seconds, so that there are ties, in any zone and precision. */
const time = fc
  .record({
    seconds: fc.nat({ max: 6 }),
    micros: fc.oneof(fc.constantFrom(0, 1, 999_999, 500_000), fc.nat({ max: 999_999 })),
    digits: fc.constantFrom(0, 1, 3, 6, 9),
    zone: fc.constantFrom(...ZONES),
    separator: fc.constantFrom('T', ' '),
  })
  .map(({ seconds, micros, digits, zone: [zone, minutes], separator }) => {
    const local = new Date(Date.UTC(2021, 9, 23, 23, 59, 57 + seconds) + minutes * 60_000)
      .toISOString()
      .slice(0, 19)
      .replace('T', separator);
    const fraction = digits === 0 ? '' : `.${String(micros).padStart(6, '0').padEnd(9, '7').slice(0, digits)}`;
    return `${local}${fraction}${zone}`;
  });

const device = fc.constantFrom('7', '007', '7.0', 'a,b', 'q"q', 'नाम');
const number = fc.constantFrom('0', '-0', '12.5', '12.50', '1e1', '+3');
const note = fc.constantFrom('', 'plain', 'two\nlines', 'two\r\nlines', '"', 'a,b', 'é');
const bad = fc.constantFrom('', 'x', '91e9', '2023-02-29T00:00:00Z', '2039-01-01T00:00:00Z', 'NaN', ' 1');

const good = fc.tuple(device, number, number, time, time, fc.oneof(fc.constant(''), fc.constantFrom('0', '12.5', '1e1')), note);
const odd = fc.tuple(good, fc.nat({ max: 5 }), bad).map(([row, at, text]) => row.map((value, i) => (i === at ? text : value)));
const short = fc.array(note, { maxLength: 5 });
const row = fc.oneof({ weight: 12, arbitrary: good }, { weight: 2, arbitrary: odd }, { weight: 1, arbitrary: short });

/** A recording with ties, duplicates, conflicts, late fixes, mixed zones and precisions, and rows that are not fixes. */
export const arbitraryRecording: fc.Arbitrary<string> = fc
  .record({
    rows: fc.array(fc.tuple(row, fc.boolean()), { maxLength: 60 }),
    again: fc.array(fc.nat(), { maxLength: 10 }),
    bom: fc.constantFrom('', '\ufeff'),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    ended: fc.boolean(),
  })
  .map(({ rows, again, bom, lineEnd, ended }) => {
    const repeated = rows.length === 0 ? [] : again.map((i) => rows[i % rows.length]!);
    const lines = [...rows, ...repeated].map(([fields, quoted]) => fields.map((text) => field(text, quoted)).join(','));
    return bom + ['device_fk_id,latitude,longitude,time_stamp,sts,speed,note', ...lines].join(lineEnd) + (ended ? lineEnd : '');
  });
