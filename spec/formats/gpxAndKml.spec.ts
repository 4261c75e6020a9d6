import { expect } from 'chai';
import fc from 'fast-check';
import { from, lastValueFrom, reduce, type Observable } from 'rxjs';
import { FORMATS } from '../../src/cli/query/formats.js';
import { trackGpx } from '../../src/formats/gpx.js';
import { trackKml } from '../../src/formats/kml.js';
import { formatInstant } from '../../src/domain/instant.js';
import type { Fix } from '../../src/domain/fix.js';
import { partsRead } from '../support/partsRead.js';
import { xmlTree, type Element } from '../support/xmlTree.js';

const T = Date.UTC(2021, 9, 23, 12, 30) * 1000;
const [GPX, KML, GX, OWN] = [
  'http://www.topografix.com/GPX/1/1',
  'http://www.opengis.net/kml/2.2',
  'http://www.google.com/kml/ext/2.2',
  'https://github.com/lastfix/lastfix',
] as const;
/** xsd:decimal, and xsd:dateTime as far as it is written. */
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const joined = (texts: Observable<string>) => lastValueFrom(texts.pipe(reduce((text, next) => text + next, '')));
const shown = (fixes: readonly Fix[]) => fixes.map((fix) => ({ fix, extra: [] }));
const gpxTrack = (fixes: readonly Fix[]) => joined(from(shown(fixes)).pipe(trackGpx()));
const kmlTrack = (fixes: readonly Fix[]) => joined(trackKml(() => from(shown(fixes))));
const names = ({ children }: Element) => children.map(({ name }) => name);

/** What XML makes of a name: what it cannot say is U+FFFD. */
const asXml = (text: string) =>
  Array.from(text, (character) =>
    /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]$/u.test(character) ? character : '\ufffd',
  ).join('');

const aFix = (device: fc.Arbitrary<string>): fc.Arbitrary<Fix> =>
  fc.record({
    device,
    arrival: fc.integer({ min: T, max: T + 1e9 }),
    event: fc.integer({ min: T, max: T + 1e9 }),
    latitude: fc.constantFrom('0', '-0.0', '+1', '.5', '5.', '1e1', '1e-7', '90', '-90', '48.7410'),
    longitude: fc.constantFrom('0', '180', '180.0', '1.8e2', '-180', '179.9999', '9e-3', '9.7'),
    speed: fc.constantFrom('', '0', '12.5', '1e2'),
    extra: fc.constant([]),
  });
const text = fc.string({ unit: 'binary', minLength: 1 });
const track = text.chain((device) => fc.array(aFix(fc.constant(device)), { minLength: 1, maxLength: 8 }));

describe('GPX and KML', () => {
  it('should write a track as GPX 1.1: with all that its schema asks for, in its order, and its numbers and times', async () => {
    await fc.assert(
      fc.asyncProperty(track, async (fixes) => {
        const root = xmlTree(await gpxTrack(fixes));
        expect([root.name, root.attributes]).to.deep.equal([`{${GPX}}gpx`, { version: '1.1', creator: 'lastfix' }]);
        expect(names(root)).to.deep.equal([`{${GPX}}trk`]);
        const [name, segment] = root.children[0]!.children;
        expect([name!.name, name!.text, segment!.name]).to.deep.equal([`{${GPX}}name`, asXml(fixes[0]!.device), `{${GPX}}trkseg`]);
        expect(segment!.children.length).to.equal(fixes.length);
        for (const [i, { name, attributes, children }] of segment!.children.entries()) {
          const { latitude, longitude, event, arrival, speed } = fixes[i]!;
          expect([name, Object.keys(attributes)]).to.deep.equal([`{${GPX}}trkpt`, ['lat', 'lon']]);
          expect(attributes['lat']).to.match(DECIMAL);
          expect(attributes['lon']).to.match(DECIMAL);
          expect(Number(attributes['lat'])).to.equal(Number(latitude));
          expect(Number(attributes['lon'])).to.equal(Number(longitude) === 180 ? -180 : Number(longitude)); // 180 is beyond its end
          expect(children.map(({ name, text }) => [name, text])).to.deep.equal([
            [`{${GPX}}time`, formatInstant(event)],
            [`{${GPX}}extensions`, ''],
          ]);
          expect(children[0]!.text).to.match(TIME);
          expect(children[1]!.children.map(({ name, text }) => [name, text])).to.deep.equal([
            [`{${OWN}}arrival`, formatInstant(arrival)],
            ...(speed === '' ? [] : [[`{${OWN}}speed`, speed]]),
          ]);
        }
      }),
    );
  });

  it('should write a track as a gx:Track of KML: all times, then as many positions, longitude first', async () => {
    await fc.assert(
      fc.asyncProperty(track, async (fixes) => {
        const root = xmlTree(await kmlTrack(fixes));
        expect([root.name, names(root), names(root.children[0]!)]).to.deep.equal([
          `{${KML}}kml`,
          [`{${KML}}Document`],
          [`{${KML}}Placemark`],
        ]);
        const [name, gxTrack] = root.children[0]!.children[0]!.children;
        expect([name!.name, name!.text, gxTrack!.name]).to.deep.equal([`{${KML}}name`, asXml(fixes[0]!.device), `{${GX}}Track`]);
        expect(names(gxTrack!)).to.deep.equal([...fixes.map(() => `{${KML}}when`), ...fixes.map(() => `{${GX}}coord`)]);
        expect(gxTrack!.children.slice(0, fixes.length).map(({ text }) => text)).to.deep.equal(
          fixes.map(({ event }) => formatInstant(event)),
        );
        const places = gxTrack!.children.slice(fixes.length).map(({ text }) => text.split(' '));
        for (const place of places.flat()) expect(place).to.match(DECIMAL);
        expect(places.map((place) => place.map(Number))).to.deep.equal(
          fixes.map(({ latitude, longitude }) => [Number(longitude), Number(latitude), 0]),
        );
      }),
    );
  });

  it('should write one fix, and those of a fleet, as waypoints and as placemarks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aFix(text), { maxLength: 4 }), async (fixes) => {
        const waypoints = xmlTree(await joined(from(shown(fixes)).pipe(FORMATS.gpx.many())));
        expect(waypoints.children.map(({ name, children }) => [name, children.map(({ name }) => name), children[1]!.text])).to.deep.equal(
          fixes.map(({ device }) => [`{${GPX}}wpt`, [`{${GPX}}time`, `{${GPX}}name`, `{${GPX}}extensions`], asXml(device)]),
        );
        const placemarks = xmlTree(await joined(from(shown(fixes)).pipe(FORMATS.kml.many()))).children[0]!;
        expect(
          placemarks.children.map(({ name, children: [title, stamp, point] }) => [
            name,
            title!.text,
            stamp!.children[0]!.text,
            point!.children[0]!.text.split(',').map(Number),
          ]),
        ).to.deep.equal(
          fixes.map(({ device, event, latitude, longitude }) => [
            `{${KML}}Placemark`,
            asXml(device),
            formatInstant(event),
            [Number(longitude), Number(latitude)],
          ]),
        );
        for (const [i, one] of shown(fixes).entries()) {
          expect(xmlTree(FORMATS.gpx.one(one)).children).to.deep.equal([waypoints.children[i]]);
          expect(xmlTree(FORMATS.kml.one(one)).children[0]!.children).to.deep.equal([placemarks.children[i]]);
        }
      }),
    );
  });

  it('should write nothing of a track without a fix', async () => {
    expect([await gpxTrack([]), await kmlTrack([])]).to.deep.equal(['', '']);
  });

  it('should write GPX that it reads as what was written', async () => {
    const one: Fix = { device: 'a & <b>', event: T, arrival: T + 1, latitude: '1.50', longitude: '2', speed: '', extra: [] };
    const [part] = await partsRead({ name: 'track.gpx', bytes: await gpxTrack([one, { ...one, speed: '3' }]) });
    const [at, came] = [formatInstant(T), formatInstant(T + 1)];
    expect([part!.header, part!.rows]).to.deep.equal([
      ['time', 'lat', 'lon', 'track', 'arrival', 'speed'],
      [[at, '1.50', '2', 'a & <b>', came, ''], [at, '1.50', '2', 'a & <b>', came, '3']],
    ]);
  });
});
