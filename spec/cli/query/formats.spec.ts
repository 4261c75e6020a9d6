import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { concat, from, lastValueFrom, map, of, reduce, toArray, type Observable } from 'rxjs';
import { FORMATS, type FormatName } from '../../../src/cli/query/formats.js';
import type { Shown } from '../../../src/formats/Shown.js';
import { trackGeojson } from '../../../src/formats/trackGeojson.js';
import { widthOf } from '../../../src/cli/text/widthOf.js';
import { formatInstant, trip, type Fix, type NamedFix, type TrackOptions } from '../../../src/index.js';
import { fix } from '../../support/fix.js';

const T = Date.UTC(2021, 9, 23, 12, 30) * 1000;

const joined = (texts: Observable<string>) => lastValueFrom(texts.pipe(reduce((text, next) => text + next, '')));
const many = (format: FormatName, shown: readonly Shown[]) => joined(from(shown).pipe(FORMATS[format].many()));
const endless = (format: FormatName, shown: readonly Shown[]) => lastValueFrom(from(shown).pipe(FORMATS[format].endless!(), toArray()));

/** All texts that a file may hold, those that mean something in CSV, JSON or a terminal above all. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom(',', '"', '\n', '\r', '\t', '\u001b[31m', '\u009b', '\u007f', ' ', '=1+1', '<b>', '🚚', 'a'), { maxLength: 5 })
    .map((parts) => parts.join('')),
);
const named = text.filter((name) => name !== '');
const degrees = (most: number) =>
  fc.oneof(fc.constantFrom('0', '-0.0', '+1', '.5', '1e1', `-${most}`), fc.integer({ min: -most, max: most }).map(String));
const aFix = (width: number): fc.Arbitrary<Fix> =>
  fc.record({
    device: named,
    arrival: fc.integer({ min: T, max: T + 1e9 }),
    event: fc.integer({ min: T, max: T + 1e9 }),
    latitude: degrees(90),
    longitude: degrees(180),
    speed: fc.constantFrom('', '0', '12.5', '1e2'),
    extra: fc.array(text, { minLength: width, maxLength: width }),
  });
/** Fixes of one log, all with their age or none. */
const allShown = fc
  .record({ extra: fc.uniqueArray(named, { maxLength: 3 }), aged: fc.boolean() })
  .chain(({ extra, aged }) =>
    fc
      .array(aFix(extra.length), { maxLength: 5 })
      .map((fixes) => fixes.map((fix): Shown => ({ fix, extra, ...(aged ? { asked: T + 1e9, age: T + 1e9 - fix.event } : {}) }))),
  );

const keysOf = ({ extra, age }: Shown) => [
  'time',
  'device_id',
  'lat',
  'lon',
  'speed',
  'event_time',
  ...extra,
  ...(age === undefined ? [] : ['age_seconds']),
];
const textsOf = ({ fix, age }: Shown) => [
  formatInstant(fix.arrival),
  fix.device,
  fix.latitude,
  fix.longitude,
  fix.speed,
  formatInstant(fix.event),
  ...fix.extra,
  ...(age === undefined ? [] : [String(age / 1e6)]),
];

/** Throws if it is no Feature by RFC 7946: a Point, or a LineString of two positions or more. */
function checkFeature(feature: Record<string, unknown>): void {
  expect(Object.keys(feature)).to.have.members(['type', 'geometry', 'properties']);
  expect(feature['type']).to.equal('Feature');
  expect(feature['properties']).to.be.an('object');
  const { type, coordinates } = feature['geometry'] as { type: string; coordinates: unknown[] };
  expect(type).to.be.oneOf(['Point', 'LineString']);
  if (type === 'LineString') expect(coordinates).to.have.length.at.least(2);
  for (const position of type === 'Point' ? [coordinates] : (coordinates as unknown[][])) {
    expect(position).to.have.lengthOf(2);
    expect(position[0]).to.be.a('number').within(-180, 180);
    expect(position[1]).to.be.a('number').within(-90, 90);
  }
}

interface FeatureCollection {
  readonly features: readonly {
    readonly geometry: { readonly type: string; readonly coordinates: unknown };
    readonly properties: Record<string, unknown>;
  }[];
}

/** Reads a FeatureCollection. Throws if it is none by RFC 7946. */
function collection(text: string): FeatureCollection {
  expect(text).to.match(/\n$/);
  const parsed = JSON.parse(text) as FeatureCollection & Record<string, unknown>;
  expect(Object.keys(parsed)).to.have.members(['type', 'features']);
  expect(parsed['type']).to.equal('FeatureCollection');
  expect(parsed.features).to.be.an('array');
  for (const feature of parsed.features) checkFeature({ ...feature });
  return parsed;
}

describe('FORMATS', () => {
  const shown: Shown = {
    fix: fix('7', { event: T, arrival: T + 1_500_000, latitude: '-0.0', longitude: '+180', speed: '', extra: ['Bo', ''] }),
    extra: ['driver', 'note'],
    asked: T + 2_500_000,
    age: 2_500_000,
  };

  it('should show one as a card', () => {
    expect(FORMATS.table.one(shown)).to.match(
      /^device {6}7\nas of {7}2021-10-23T12:30:02.500000Z\nposition {4}-0.0, \+180\nspeed {7}not given\nevent time {2}2021-10-23T12:30:00.000000Z, 2.5 s before that\narrived {5}2021-10-23T12:30:01.500000Z\ndriver {6}Bo\nnote *\n$/,
    );
  });

  it('should line a card up by its longest name', () => {
    const card = FORMATS.table.one({ ...shown, extra: ['driver', 'a rather long name'] });
    expect(card.split('\n').slice(0, 6).map((line) => /^(\w+(?: \w+)?) +/.exec(line)![0].length)).to.deep.equal([20, 20, 20, 20, 20, 20]);
  });

  it('should show several as a table with one header, its columns below their names', async () => {
    const [header = '', ...rows] = (
      await many('table', [shown, { ...shown, fix: fix('8', { event: T, extra: ['', 'late'] }), age: -1 }])
    ).split('\n');
    expect(header.split(/ {2,}/)).to.deep.equal([
      'device',
      'event time',
      'arrived',
      'latitude',
      'longitude',
      'speed',
      'age',
      'driver',
      'note',
    ]);
    const column = (name: string) => rows.map((row) => row.slice(header.indexOf(name)).split('  ')[0]);
    expect(column('device')).to.deep.equal(['7', '8', '']);
    expect(column('longitude')).to.deep.equal(['+180', '13.4', '']);
    expect(column('speed')).to.deep.equal(['-', '-', '']);
    expect(column('age')).to.deep.equal(['2.5 s', '-0.000001 s', '']);
    expect(column('note')).to.deep.equal(['', 'late', '']);
  });

  describe('table', () => {
    const ids = ['7', '8f14e45f-ceea-467f-a8d4-2b3c1d0e9f11', '車両一号', '862107044812345'];
    const all = ids.map((id, i): Shown => ({
      fix: fix(id, { event: T, longitude: i === 3 ? '-123.45678901234567' : '13.4', extra: ['Bo'] }),
      extra: ['driver'],
      asked: T,
      age: 0,
    }));
    /** What stands in a row of a table from a column of the terminal on. */
    const from = (row: string, column: number) => {
      let [at, width] = [0, 0];
      for (; width < column; at++) width += widthOf(row[at]!);
      expect(width).to.equal(column);
      return row.slice(at);
    };
    const expectLinedUp = (header: string, rows: readonly string[], below: Readonly<Record<string, readonly RegExp[]>>) => {
      for (const [name, cells] of Object.entries(below)) {
        for (const [i, row] of rows.entries()) expect(from(row, header.indexOf(name)), name).to.match(cells[i]!);
      }
    };

    it('should have its columns below their names, however wide ids and values are', async () => {
      const [header = '', ...rows] = (await many('table', all)).trimEnd().split('\n');
      expectLinedUp(header, rows, {
        device: ids.map((id) => new RegExp(`^${id} `)),
        'event time': ids.map(() => /^2021-10-23T12:30:00/),
        longitude: ids.map((_, i) => (i === 3 ? /^-123\.45678901234567 {2}/ : /^13\.4 /)),
        speed: ids.map(() => /^- /),
        age: ids.map(() => /^0 s /),
        driver: ids.map(() => /^Bo$/),
      });
    });

    it('should begin anew below a header that goes with it when a column turns out to be wider', async () => {
      const texts = await endless('table', all);
      expect(texts.map((text) => text.split('\n').length - 1)).to.deep.equal([2, 2, 1, 2]);
      let header = '';
      for (const [i, text] of texts.entries()) {
        const lines = text.trimEnd().split('\n');
        if (lines.length > 1) header = lines[0]!;
        expectLinedUp(header, lines.slice(-1), {
          device: [new RegExp(`^${ids[i]!} `)],
          'event time': [/^2021/],
          speed: [/^- /],
          driver: [/^Bo$/],
        });
      }
    });

    it('should not have all rows as wide as one that is endless', async () => {
      const lines = (await many('table', [...all, { ...all[0]!, fix: fix('x'.repeat(60_000), { event: T, extra: ['y'.repeat(60_000)] }) }]))
        .trimEnd()
        .split('\n');
      expect(Math.max(...lines.slice(0, -1).map((line) => line.length))).to.be.at.most(200);
      expect(lines.at(-1)).to.include('x'.repeat(60_000)).and.include('y'.repeat(60_000));
    });
  });

  it('should never send a control character of the log to the terminal', async () => {
    await fc.assert(
      fc.asyncProperty(allShown, async (all) => {
        const table = await many('table', all);
        expect(table).to.match(/^(?:\P{Cc}+\n)*$/u);
        expect(table.match(/\n/g) ?? []).to.have.lengthOf(all.length === 0 ? 0 : all.length + 1);
        for (const one of all) expect(FORMATS.table.one(one)).to.match(/^(?:\P{Cc}*\n)+$/u);
      }),
    );
  });

  it('should write CSV that parses back to the same rows', async () => {
    await fc.assert(
      fc.asyncProperty(allShown, async (all) => {
        const expected = all.length === 0 ? [] : [keysOf(all[0]!), ...all.map(textsOf)];
        expect(parse(await many('csv', all))).to.deep.equal(expected);
        for (const one of all) expect(parse(FORMATS.csv.one(one))).to.deep.equal([keysOf(one), textsOf(one)]);
      }),
    );
  });

  it('should write JSON, one object a line: text as it was, the measures as numbers', async () => {
    await fc.assert(
      fc.asyncProperty(allShown, async (all) => {
        const lines = (await many('json', all)).split('\n');
        expect(lines.pop()).to.equal('');
        const texts = all.map((one) => {
          const measures = {
            lat: Number(one.fix.latitude) || 0,
            lon: Number(one.fix.longitude) || 0,
            speed: one.fix.speed === '' ? null : Number(one.fix.speed),
          };
          const texts = textsOf(one);
          return Object.fromEntries(
            keysOf(one).map((key, i) => [
              key,
              key === 'age_seconds' ? one.age! / 1e6 : key in measures && i < 6 ? measures[key as keyof typeof measures] : texts[i],
            ]),
          );
        });
        expect(lines.map((line) => JSON.parse(line) as unknown)).to.deep.equal(texts);
        expect(all.map((one) => FORMATS.json.one(one))).to.deep.equal(lines.map((line) => `${line}\n`));
      }),
    );
  });

  it('should write GeoJSON: a Feature, or a FeatureCollection of them, longitude first', async () => {
    await fc.assert(
      fc.asyncProperty(allShown, async (all) => {
        const { features } = collection(await many('geojson', all));
        expect(features.map(({ geometry }) => geometry)).to.deep.equal(
          all.map(({ fix }) => ({ type: 'Point', coordinates: [Number(fix.longitude) || 0, Number(fix.latitude) || 0] })),
        );
        expect(features.map(({ properties }) => properties['device_id'])).to.deep.equal(all.map(({ fix }) => fix.device));
        for (const one of all) checkFeature(JSON.parse(FORMATS.geojson.one(one)) as Record<string, unknown>);
      }),
    );
  });

  for (const format of ['table', 'json', 'csv', 'geojson'] as const) {
    it(`should write ${format} without end: each fix in whole lines as it comes, the header with the first`, async () => {
      await fc.assert(
        fc.asyncProperty(allShown, async (all) => {
          const texts = await endless(format, all);
          expect(texts).to.have.lengthOf(all.length);
          for (const text of texts) expect(text).to.match(/\n$/);
          if (format === 'geojson') for (const line of texts) checkFeature(JSON.parse(line) as Record<string, unknown>);
          else if (format !== 'table') expect(texts.join('')).to.equal(await many(format, all));
          else for (const [i, text] of texts.entries()) expect(text).to.match(i === 0 ? /^device .*\n.*\n$/ : /^(device .*\n)?.*\n$/);
        }),
      );
    });
  }

  it('should write nothing of nothing, but GeoJSON of no features', async () => {
    expect(await Promise.all([many('table', []), many('json', []), many('csv', [])])).to.deep.equal(['', '', '']);
    expect(collection(await many('geojson', [])).features).to.deep.equal([]);
  });
});

describe('trackGeojson', () => {
  const of7 = (...fixes: readonly Fix[]) => fixes.map((fix): NamedFix => ({ fix, extra: [] }));
  const trips =
    (tracked: readonly NamedFix[]) =>
    ({ knownAt = Infinity }: TrackOptions = {}) =>
      from(tracked.filter(({ fix }) => fix.arrival <= knownAt)).pipe(trip());
  const geojson = async (tracked: readonly NamedFix[]) => collection(await joined(trackGeojson(trips(tracked)))).features;

  it('should draw a line through the fixes, if there are two, and a point for each', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aFix(0), { maxLength: 6 }), async (fixes) => {
        const features = await geojson(of7(...fixes));
        const [line, points] = fixes.length > 1 ? [features[0]!, features.slice(1)] : [undefined, features];
        const positions = fixes.map(({ latitude, longitude }) => [Number(longitude) || 0, Number(latitude) || 0]);
        expect(line?.geometry).to.deep.equal(line && { type: 'LineString', coordinates: positions });
        expect(points.map(({ geometry }) => geometry)).to.deep.equal(positions.map((coordinates) => ({ type: 'Point', coordinates })));
        expect(points.map(({ properties }) => properties['event_time'])).to.deep.equal(fixes.map(({ event }) => formatInstant(event)));
      }),
    );
  });

  it('should sum the track up with the line: a degree of the equator is 111 km', async () => {
    const [line] = await geojson(
      of7(...[0, 1, 0].map((longitude, i) => fix('7', { event: T + i * 1e6, latitude: '0', longitude: String(longitude) }))),
    );
    expect(line!.properties).to.deep.equal({
      device_id: '7',
      fixes: 3,
      first_time: '2021-10-23T12:30:00.000000Z',
      first_event_time: '2021-10-23T12:30:00.000000Z',
      last_time: '2021-10-23T12:30:02.000000Z',
      last_event_time: '2021-10-23T12:30:02.000000Z',
      distance_metres: 222_390.2,
    });
  });

  it('should have as many points as the line, though more has arrived since', async () => {
    const tracked = of7(...[0, 1, 2, 3].map((i) => fix('7', { event: T + i, arrival: T + (i === 1 ? 9 : i) })));
    let readings = 0;
    const growing = (options?: TrackOptions) =>
      readings++ === 0 ? trips(tracked.filter((_, i) => i !== 1))(options) : trips(tracked)(options);
    const { features } = collection(await joined(trackGeojson(growing)));
    expect(features).to.have.lengthOf(4);
    expect((features[0]!.geometry.coordinates as unknown[]).length).to.equal(3);
  });

  it('should give the points one after the other, not all at once', async () => {
    const all = of7(...[0, 1, 2].map((i) => fix('7', { event: T + i })));
    const texts = await lastValueFrom(trackGeojson(trips(all)).pipe(toArray()));
    expect(Math.max(...texts.map((text) => text.split('"Point"').length - 1))).to.equal(1);
  });

  it('should pass on an error', async () => {
    const failing = () => concat(trips(of7(fix('7', { event: T })))(), of('gone').pipe(map((text): never => { throw new Error(text); })));
    expect(await joined(trackGeojson(failing)).catch((error: unknown) => error)).to.include({ message: 'gone' });
  });
});
