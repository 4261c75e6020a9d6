import { renameSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import { Grid } from '../../../src/domain/Grid.js';
import { finish } from '../../../src/domain/finish.js';
import { formatInstant, parseInstant } from '../../../src/domain/instant.js';
import { Turns } from '../../../src/rx/Turns.js';
import { PlaceColumns } from '../../../src/serve/late/PlaceColumns.js';
import { readPlaces } from '../../../src/serve/late/readPlaces.js';
import { failureOf } from '../../support/failureOf.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

const OWN = ['time', 'device_id', 'lat', 'lon', 'speed', 'event_time'];
const [FIRST, LAST] = ['1684-07-28T00:12:25.259009Z', '2255-06-05T23:47:34.740991Z'].map((text) => parseInstant(text)!) as [number, number];
const GRID = Grid.over({ west: -180, south: -90, east: 180, north: 90 }, 10_000);

const instants = fc.oneof(fc.integer({ min: FIRST, max: LAST }), fc.integer({ min: 1_635_000_000_000_000, max: 1_635_000_100_000_000 }));
const degrees = (most: number) =>
  fc.oneof(
    fc.double({ min: -most, max: most, noNaN: true }).map(String), // some of them like 5e-324
    fc.integer({ min: -most, max: most }).map(String),
    fc.constantFrom('+7', '7.', '.5', '-.5', '007', '7.0', '-0', '12.000000000000000000000000001', '1e1', `${most}`, `-${most}`),
  );
const rows: fc.Arbitrary<Row> = fc.record({
  arrival: instants,
  event: instants,
  latitude: degrees(90),
  longitude: degrees(180),
  speed: fc.constantFrom('', '0', '12.5', '1e400'),
  device: fc.constantFrom('a', '8250', 'é', '"q,"', '"two\nlines"', ' b '),
  note: fc.constantFrom('', 'x', ',late,', '"', 'late', '\r'),
  reason: fc.constantFrom('late', 'late', 'duplicate', 'conflict', 'other'),
});
interface Row {
  readonly arrival: number;
  readonly event: number;
  readonly latitude: string;
  readonly longitude: string;
  readonly speed: string;
  readonly device: string;
  readonly note: string;
  readonly reason: string;
}

const quoted = (text: string) => (/[,"\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const lineOf = ({ arrival, device, latitude, longitude, speed, event, note, reason }: Row, hasNote: boolean) => {
  const fix = [formatInstant(arrival), device, latitude, longitude, speed, formatInstant(event)];
  return [...fix, ...(hasNote ? [quoted(note)] : []), reason, formatInstant(event)].join();
};

describe('readPlaces', () => {
  const at = temporaryFolder();
  const read = async (from = 0, to?: number) => {
    const places = new PlaceColumns();
    const all = to ?? (await stat(at('late.csv'))).size;
    let end = from;
    for await (const part of readPlaces(at('late.csv'), places, { from, to: all, turns: new Turns() })) end = part.to;
    return { places, end, size: all };
  };
  const counted = (places: PlaceColumns, by: 'arrival' | 'event', moment = Infinity) => {
    const counts = new Uint32Array(GRID.across * GRID.down);
    finish(places.count({ by, from: -Infinity, to: moment, knownAt: Infinity }, GRID, counts));
    return Array.from(counts);
  };
  const write = (lines: readonly string[], extra: readonly string[] = [], own = OWN) => {
    writeFileSync(at('late.csv'), [[...own, ...extra, 'reason', 'latest_event_time'].join(), ...lines, ''].join('\n'));
  };

  it('should give the places of all late fixes, and of no duplicate, however they are written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(rows, { maxLength: 12 }), fc.boolean(), async (all, hasNote) => {
        write(all.map((row) => lineOf(row, hasNote)), hasNote ? ['note'] : []);
        const { places, end, size } = await read();
        expect(end).to.equal(size);
        const late = all.filter(({ reason }) => reason === 'late');
        const expected = new PlaceColumns();
        for (const { event, arrival, latitude, longitude } of late) expected.put(event, arrival, Number(latitude), Number(longitude));
        for (const by of ['arrival', 'event'] as const)
          for (const moment of [Infinity, ...late.map((row) => row[by])])
            expect(counted(places, by, moment)).to.deep.equal(counted(expected, by, moment));
      }),
      { numRuns: 100 },
    );
  });

  it('should begin and end where rows do, and read on behind rows in quotes', async () => {
    const line = (i: number) =>
      lineOf({ arrival: i, event: i, latitude: '1', longitude: '2', speed: '', device: i % 9000 === 5000 ? '"q"' : 'a', note: '', reason: 'late' }, false);
    const lines = Array.from({ length: 20_000 }, (_, i) => line(i));
    write(lines);
    const { places, size } = await read();
    expect(places.length).to.equal(20_000);
    const last = Buffer.byteLength(`${line(19_999)}\n`);
    const [but, one] = [await read(0, size - last), await read(size - last)];
    expect([but.places.length, but.end, one.places.length, one.end]).to.deep.equal([19_999, size - last, 1, size]);
    expect((await read(size)).places.length).to.equal(0);
  });

  it('should read columns in another order, too', async () => {
    const [arrival, event] = [formatInstant(7), formatInstant(5)];
    write([[event, arrival, 'a', '2', '1', '', 'late', event].join()], [], ['event_time', 'time', 'device_id', 'lon', 'lat', 'speed']);
    const { places } = await read();
    expect(counted(places, 'event', 5)).to.deep.equal(counted(places, 'arrival', 7));
    expect(counted(places, 'event', 5).reduce((a, b) => a + b)).to.equal(1);
    expect(counted(places, 'arrival', 6).reduce((a, b) => a + b)).to.equal(0);
  });

  it('should follow no link in the place of the file', async () => {
    write([]);
    renameSync(at('late.csv'), at('elsewhere'));
    symlinkSync(at('elsewhere'), at('late.csv'));
    expect((await failureOf(read())).message).to.include('late.csv is a link');
    unlinkSync(at('late.csv'));
  });

  for (const [what, index, field] of [
    ['a time', 0, '2023-02-29T00:00:00.000000Z'],
    ['a time', 5, '2023-02-28T24:00:00.000000Z'],
    ['a latitude', 2, '90.5'],
    ['a longitude', 3, '-180.01'],
    ['a longitude', 3, ''],
    ['a device', 1, ''],
    ['a column', 4, '1,2'],
  ] as const)
    it(`should refuse a row with ${what} like ${field || 'nothing'}`, async () => {
      const fields = [formatInstant(7), 'a', '1', '2', '', formatInstant(5), 'late', formatInstant(6)];
      write([fields.join(), fields.with(index, field).join()]);
      expect((await failureOf(read())).message).to.include('late.csv: after byte ').and.to.include('lastfix did not write this');
    });
});
