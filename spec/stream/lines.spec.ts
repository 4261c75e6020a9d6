import { expect } from 'chai';
import fc from 'fast-check';
import { MAX_CLOCK_AHEAD } from '../../src/domain/fix.js';
import { parseInstant } from '../../src/domain/instant.js';
import { formatLine } from '../../src/stream/formatLine.js';
import { formatRejected } from '../../src/stream/formatRejected.js';
import { formatTick } from '../../src/stream/formatTick.js';
import { lineOf } from '../../src/stream/lineOf.js';
import { parseMessage } from '../../src/stream/parseMessage.js';
import { PlainLine } from '../../src/stream/PlainLine.js';
import type { StreamFix } from '../../src/stream/StreamFix.js';
import { instants } from '../support/arbitraryFixes.js';
import { runs } from '../support/runs.js';

const ODD_TEXTS = ['a.b', 'a b', '"', '\\', '\\"', '\n', '\r', '\0', '\u2028', 'é', 'नाम', '🚗', '\ud800', '{}', ' ', 'null', 'Köln/7#+*>'];
const text = fc.oneof(
  { weight: 20, arbitrary: fc.string({ minLength: 1, maxLength: 12 }) },
  { weight: 20, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }) },
  { weight: 20, arbitrary: fc.constantFrom(...ODD_TEXTS) },
  { weight: 1, arbitrary: fc.constant(`x${'yé"'.repeat(33_333)}`) },
);
const names = fc.oneof(
  text.filter((name) => name.length <= 1000),
  fc.constantFrom('time', 'time_', 'seq', 'seq_', 'seq__', 'device_id', 'lat', 'lon', 'speed', 'event_time_', 'tick', 'rejected', '__proto__', 'constructor', '7'),
);
const numbers = (max: number) =>
  fc.oneof(
    fc.double({ min: -max, max, noNaN: true }).map(String),
    fc.constantFrom('0', '-0', '+7', '7.0', '007', '.5', '5.', '1e1', '1E-3', '-1.50', '26.758323669433594', `0.${'1'.repeat(62)}`, String(max), String(-max)),
  );
const speeds = fc.oneof(fc.constantFrom('', '0', '-0', '7.0', '+3', '1e300', '64.99', '1e21'), fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map(String));
const fixes: fc.Arbitrary<StreamFix> = fc
  .record({
    device: text,
    arrival: fc.option(instants, { nil: undefined }),
    event: instants,
    latitude: numbers(90),
    longitude: numbers(180),
    speed: speeds,
    extra: fc.dictionary(names, text, { maxKeys: 3, noNullPrototype: true }),
    seq: fc.option(fc.integer({ min: 0, max: 2 ** 40 - 1 }), { nil: undefined }),
  })
  .map(({ arrival, seq, event, ...rest }) => ({
    ...rest,
    event: arrival === undefined ? event : Math.min(event, arrival + MAX_CLOCK_AHEAD * 1000),
    ...(arrival === undefined ? {} : { arrival }),
    ...(seq === undefined ? {} : { seq }),
  }))
  .map((fix) => ({ ...fix, extra: Object.fromEntries(Object.entries(fix.extra)) }));

const message = (...lines: readonly string[]) => Buffer.from(lines.map((line) => `${line}\n`).join(''));
const NOON = parseInstant('2021-10-23T12:00:00Z')!;
const OWN = '{"time":"2021-10-23T12:00:01.000000Z","device_id":"a","lat":1.5,"lon":2,"speed":3,"event_time":"2021-10-23T12:00:00.000000Z","seq":17}';
const FIX: StreamFix = { device: 'a', arrival: NOON + 1_000_000, event: NOON, latitude: '1.5', longitude: '2', speed: '3', extra: {}, seq: 17 };

describe('parseMessage', () => {
  it('should give back what formatLine was given, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(fixes, { maxLength: 5 }), (all) => {
        const lines = parseMessage(message(...all.map(formatLine)));
        expect(lines).to.deep.equal(all.map((fix, i) => ({ line: i + 1, kind: 'fix', fix })));
      }),
      runs(500),
    );
  });

  it('should read a line in its quick way as in its slow one, or not at all', () => {
    const plain = new PlainLine();
    const plainFixes = fc.tuple(fixes, fc.stringMatching(/^[\w é.]+$/)).map(([fix, device]) => ({ ...fix, device, latitude: '-12.5', longitude: '7.0' }));
    const changed = fc.tuple(fc.oneof(fixes, plainFixes), fc.nat(), fc.constantFrom('', '"', '\\', '0', '-', ',', '}', ' ', '9', 'e', ':', 'Z')).map(([fix, at, put]) => {
      const line = formatLine(fix).slice(0, 400);
      const place = at % line.length;
      return `${line.slice(0, place)}${put}${line.slice(place + 1)}`;
    });
    let quick = 0;
    fc.assert(
      fc.property(fc.oneof(changed, plainFixes.map(formatLine)), fc.option(instants, { nil: undefined }), (line, stored) => {
        const bytes = Buffer.from(line);
        const fix = plain.read(bytes, 0, bytes.length, stored);
        if (fix === undefined) return;
        quick++;
        expect(lineOf(bytes.toString(), stored)).to.deep.equal({ kind: 'fix', fix });
      }),
      runs(1500),
    );
    expect(quick).to.be.above(runs(100).numRuns);
  });

  it('should read plain lines quickly: the usual ones, ids of other scripts, numbers in quotes, and no time', () => {
    const plain = new PlainLine();
    const lines = [
      OWN,
      formatLine({ ...FIX, device: 'Köln 7.1' }),
      formatLine({ ...FIX, latitude: '7.0', speed: '' }),
      formatLine({ ...FIX, extra: { heading: '90', note: 'x y' } }),
      formatLine({ device: 'a', event: NOON, latitude: '-89.5', longitude: '-179', speed: '0', extra: {} }),
    ];
    for (const line of lines) {
      const bytes = Buffer.from(line);
      expect(plain.read(bytes, 0, bytes.length, undefined), line).to.deep.equal((lineOf(line) as { fix: StreamFix }).fix);
    }
  });

  it('should write the JSON that a question prints, and texts only where a number would lose something', () => {
    expect(formatLine(FIX)).to.equal(OWN);
    expect(formatLine({ ...FIX, latitude: '7.0', longitude: '-0', speed: '' })).to.include('"lat":"7.0","lon":"-0","speed":null');
    expect(formatLine({ ...FIX, extra: { seq: 'x', heading: '90', empty: '' } })).to.include(',"seq_":"x","heading":"90","seq":17}');
  });

  it('should take lines of others: other times, numbers as ids, nested values, in any order', () => {
    const line = '{ "event_time": "2021-10-23 14:00:00+02:00", "lon": 2.50, "lat": "1.5", "device_id": 8250, "battery": { "level": 0.70 }, "on": true, "no": null }';
    expect(parseMessage(Buffer.from(line), NOON)).to.deep.equal([
      {
        line: 1,
        kind: 'fix',
        fix: { device: '8250', arrival: NOON, event: NOON, latitude: '1.5', longitude: '2.50', speed: '', extra: { 'battery.level': '0.70', on: 'true' } },
      },
    ]);
  });

  it('should say what is wrong with a line, and read the others', () => {
    const wrong: readonly (readonly [string, string])[] = [
      ['{', 'the line is not JSON: '],
      ['[1]', 'the line is not a JSON object: "[1]"'],
      ['"text"', 'the line is not a JSON object: '],
      ['{"lat":1}', 'device_id is missing'],
      [OWN.replace('"a"', '""'), 'device_id is empty'],
      [OWN.replace('"lat":1.5', '"lat":91'), 'lat "91" is not a number from -90 to 90'],
      [OWN.replace('"lon":2', '"lon":null'), 'lon "" is not a number from -180 to 180'],
      [OWN.replace('"lon":2', `"lon":0.${'1'.repeat(70)}`), 'is longer than 64 characters'],
      [OWN.replace('12:00:00.', '25:00:00.'), 'event_time "2021-10-23T25:00:00.000000Z" is not a time: '],
      [OWN.replace('"time":"2021-10-23T', '"time":"2021-02-29T'), 'time "2021-02-29T12:00:01.000000Z" is not a time: '],
      [
        OWN.replace('"event_time":"2021-10-23', '"event_time":"2021-10-25'),
        'event_time "2021-10-25T12:00:00.000000Z" is more than 24h after time "2021-10-23T12:00:01.000000Z"',
      ],
      [OWN.replace('"seq"', '"lat"'), 'the line is not JSON: Duplicate key'],
      [OWN.replace('"seq"', `"${'k'.repeat(1025)}":"x","seq"`), 'has a key that is longer than 1024 characters'],
      ['['.repeat(100_000), 'too deep'],
      ['{"tick":"now"}', 'tick "now" is not a time: '],
    ];
    const lines = parseMessage(message(...wrong.flatMap(([line]) => [line, OWN])));
    for (const [i, [line, reason]] of wrong.entries()) {
      const [found, next] = lines.slice(2 * i);
      expect(found, line).to.include({ kind: 'rejected', line: 2 * i + 1 });
      expect((found as { reason: string }).reason, line).to.include(reason);
      expect(Buffer.from((found as { record: Uint8Array }).record).toString(), line).to.equal(line);
      expect(next).to.deep.equal({ line: 2 * i + 2, kind: 'fix', fix: FIX });
    }
  });

  it('should find the clock of a device ahead by the time of the message, if the line has none', () => {
    const line = OWN.replace('"time":"2021-10-23T12:00:01.000000Z",', '');
    const day = 24 * 3_600_000_000;
    expect(parseMessage(Buffer.from(line), NOON - day)[0]).to.include({ kind: 'fix' });
    expect(parseMessage(Buffer.from(line), NOON - day - 1)[0]).to.deep.include({
      kind: 'rejected',
      reason: 'event_time "2021-10-23T12:00:00.000000Z" is more than 24h after the time at which the stream got it',
    });
  });

  it('should keep a position whose speed is none, and a place that is none as a column', () => {
    for (const speed of ['-1', '"fast"', 'null', 'true', '1e400', '"1e400"'])
      expect(parseMessage(message(OWN.replace('"speed":3', `"speed":${speed}`))), speed).to.deep.equal([{ line: 1, kind: 'fix', fix: { ...FIX, speed: '' } }]);
    const { device, arrival, event, latitude, longitude, speed } = FIX;
    const unplaced = { device, arrival, event, latitude, longitude, speed };
    for (const [written, kept] of [['"x"', 'x'], ['-1', '-1'], ['1.5', '1.5'], [String(2 ** 40), String(2 ** 40)]] as const)
      expect(parseMessage(message(OWN.replace('17', written)))).to.deep.equal([{ line: 1, kind: 'fix', fix: { ...unplaced, extra: { seq: kept } } }]);
  });

  it('should take bytes that are not UTF-8 for a rejected line, and read those around it', () => {
    const bytes = Buffer.concat([message(OWN), Buffer.from([0xff, 0x0a]), message(OWN)]);
    expect(parseMessage(bytes)).to.deep.equal([
      { line: 1, kind: 'fix', fix: FIX },
      { line: 2, kind: 'rejected', reason: 'the line is not UTF-8', record: Buffer.from([0xff]) },
      { line: 3, kind: 'fix', fix: FIX },
    ]);
  });

  it('should leave out empty lines, count them, and need no end of the last', () => {
    expect(parseMessage(Buffer.from(`\n\r\n${OWN}\r\n \t\n${OWN}`)).map(({ line, kind }) => [line, kind])).to.deep.equal([[3, 'fix'], [5, 'fix']]);
    expect(parseMessage(Buffer.alloc(0))).to.deep.equal([]);
  });

  it('should give back ticks and rejected rows', () => {
    const lines = parseMessage(message(formatTick(NOON), formatTick(NOON + 1, true), formatRejected('a,"b\0', 'lat is empty'), formatRejected('', 'x', { seq: 3, line: 9 })));
    expect(lines).to.deep.equal([
      { line: 1, kind: 'tick', arrival: NOON, ends: false },
      { line: 2, kind: 'tick', arrival: NOON + 1, ends: true },
      { line: 3, kind: 'rejected', reason: 'lat is empty', record: Buffer.from('a,"b\0') },
      { line: 4, kind: 'rejected', reason: 'x', record: Buffer.from(''), from: { seq: 3, line: 9 } },
    ]);
  });

  it('should end every line as something, whatever it is, and never throw', () => {
    const anything = fc.oneof(fc.json(), fc.string(), fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('latin1')), fc.constantFrom('{}', '{"device_id":{}}', '{"rejected":1}', '{"tick":{}}'));
    fc.assert(
      fc.property(anything, (said) => {
        const line = said.replaceAll('\n', ' ');
        const found = parseMessage(Buffer.from(line, 'latin1'));
        expect(found).to.have.length(/^[ \r\t]*$/.test(line) ? 0 : 1);
        for (const { kind } of found) expect(kind).to.be.oneOf(['fix', 'tick', 'rejected']);
      }),
      runs(500),
    );
  });
});
