import { expect } from 'chai';
import fc from 'fast-check';
import { fleetDocuments, pictureFile, trackDocuments } from '../../../src/page/model/documents.js';

const AT = Date.UTC(2021, 9, 23, 12, 30, 40) * 1000;

describe('the documents of what is shown', () => {
  it('should ask for the fleet at the moment, by the clock in force', () => {
    const found = fleetDocuments({ at: AT, by: 'event' });
    expect(found.map(({ format, address, file }) => [format, decodeURIComponent(address), file])).to.deep.equal([
      ['GeoJSON', '/api/fleet?at=2021-10-23T12:30:40.000000Z&by=event&format=geojson', 'fleet-2021-10-23T12-30-40Z.geojson'],
      ['CSV', '/api/fleet?at=2021-10-23T12:30:40.000000Z&by=event&format=csv', 'fleet-2021-10-23T12-30-40Z.csv'],
      ['GPX', '/api/fleet?at=2021-10-23T12:30:40.000000Z&by=event&format=gpx', 'fleet-2021-10-23T12-30-40Z.gpx'],
      ['KML', '/api/fleet?at=2021-10-23T12:30:40.000000Z&by=event&format=kml', 'fleet-2021-10-23T12-30-40Z.kml'],
    ]);
  });

  it('should ask for the track that had arrived at the moment, or that is of before it', () => {
    const [arrived, recorded] = (['arrival', 'event'] as const).map((by) => trackDocuments({ at: AT + 250_000, by }, 'a/b', 60)[0]);
    expect(decodeURIComponent(arrived!.address)).to.equal(
      '/api/devices/a/b/track?from=2021-10-23T11:30:40.250000Z&known_at=2021-10-23T12:30:40.250000Z&format=geojson',
    );
    expect(arrived!.address).to.include('/api/devices/a%2Fb/track?');
    expect(decodeURIComponent(recorded!.address)).to.include('&to=2021-10-23T12:30:40.250000Z&');
    expect(arrived!.file).to.equal('a_b-track-2021-10-23T12-30-40.25Z.geojson');
  });

  it('should name files so that every system takes the names, whatever a device is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), fc.integer({ min: 0, max: 2 ** 50 }), (device, at) => {
        for (const { file } of [...trackDocuments({ at, by: 'arrival' }, device, 15), { file: pictureFile(at, device) }]) {
          expect(file).to.match(/^[\p{L}\p{M}\p{N}_-][\p{L}\p{M}\p{N}._-]*\.(?:geojson|csv|gpx|kml|png)$/u);
          expect(file.length).to.be.lessThan(200);
        }
      }),
    );
    expect(pictureFile(AT, undefined)).to.equal('map-2021-10-23T12-30-40Z.png');
  });
});
