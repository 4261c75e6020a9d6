import { expect } from 'chai';
import fc from 'fast-check';
import type { SpeedUnit } from '../../../src/domain/Layout.js';
import { FORMS, type FormName } from '../../../src/send/forms/FORMS.js';
import { speedIn } from '../../../src/send/forms/speedIn.js';
import { fix } from '../../support/fix.js';

const EVENT = Date.UTC(2021, 9, 23, 12, 30, 36) * 1000;
const ONE = fix('bus 7/é', { event: EVENT, arrival: EVENT + 3_656_352, latitude: '23.20', longitude: '+76.5', speed: '36' });
const sending = (speedUnit?: SpeedUnit, extra: readonly string[] = []) => ({ extra, speedUnit, user: 'me', byTopic: false });
const textOf = (name: FormName, one = ONE, speedUnit?: SpeedUnit) => FORMS[name].textOf(sending(speedUnit))(one, 17);
const messageOf = (name: FormName, text = textOf(name)) =>
  FORMS[name].http(sending()).message([{ device: ONE.device, arrival: ONE.arrival, place: 17, text, bytes: text.length, due: 0, lane: 0 }]);

describe('FORMS', () => {
  it('should have the JSON of lastfix, with its extra columns', () => {
    expect(JSON.parse(FORMS.lastfix.textOf(sending(undefined, ['driver']))({ ...ONE, extra: ['Zoë'] }, 17))).to.deep.equal({
      time: '2021-10-23T12:30:39.656352Z',
      device_id: 'bus 7/é',
      lat: 23.2,
      lon: 76.5,
      speed: 36,
      event_time: '2021-10-23T12:30:36.000000Z',
      driver: 'Zoë',
      seq: 17,
    });
    expect(messageOf('lastfix', '{}')).to.deep.equal({ method: 'POST', headers: { 'content-type': 'application/x-ndjson' }, body: '{}\n' });
  });

  it('should have the query of OsmAnd, whose speeds are in knots', () => {
    expect(textOf('osmand', ONE, 'km/h')).to.equal('id=bus+7%2F%C3%A9&lat=23.2&lon=76.5&timestamp=1634992236&speed=19.438');
    expect(textOf('osmand')).to.match(/&speed=36$/);
    expect(textOf('osmand', { ...ONE, speed: '' })).to.match(/&timestamp=1634992236$/);
    expect(textOf('osmand', { ...ONE, event: EVENT + 352_999 })).to.include('&timestamp=1634992236352&');
    expect(messageOf('osmand', 'id=a')).to.deep.equal({ method: 'GET', query: 'id=a' });
  });

  it('should have times for OsmAnd that Traccar reads back, to the millisecond, but for the first weeks of 1970', () => {
    fc.assert(
      fc.property(fc.integer({ min: -(2 ** 40), max: 2 ** 52 }), fc.boolean(), (micros, isWhole) => {
        const event = isWhole ? micros - (micros % 1e6) : micros;
        const timestamp = Number(new URLSearchParams(textOf('osmand', { ...ONE, event })).get('timestamp'));
        const millis = timestamp < 2 ** 31 - 1 ? 1000 * timestamp : timestamp; // as its decoder has it
        const wanted = Math.floor(event / 1000);
        expect(millis).to.equal(wanted < 2 ** 31 - 1 ? 1000 * Math.floor(wanted / 1000) : wanted);
      }),
    );
  });

  it('should have the JSON of Traccar Client, with every number that Traccar asks for', () => {
    const unknown = { heading: -1, accuracy: -1, altitude: 0 };
    expect(JSON.parse(textOf('traccar', ONE, 'km/h'))).to.deep.equal({
      location: { timestamp: '2021-10-23T12:30:36.000Z', coords: { latitude: 23.2, longitude: 76.5, speed: 10, ...unknown } },
      device_id: 'bus 7/é',
    });
    expect(JSON.parse(textOf('traccar', { ...ONE, speed: '' }))).to.have.nested.property('location.coords.speed', -1);
    expect(messageOf('traccar', '{}')).to.deep.equal({ method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
  });

  it('should have the location of OwnTracks, and say who and what sends it', () => {
    expect(JSON.parse(textOf('owntracks', ONE, 'm/s'))).to.deep.equal({
      _type: 'location',
      tid: '/é',
      lat: 23.2,
      lon: 76.5,
      tst: 1634992236,
      created_at: 1634992239,
      vel: 130,
      topic: 'owntracks/me/bus 7%2Fé',
    });
    expect(JSON.parse(textOf('owntracks', { ...ONE, speed: '' }))).not.to.have.property('vel');
    expect(messageOf('owntracks', '{}')).to.deep.equal({
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-limit-u': 'me', 'x-limit-d': 'bus%207%2F%C3%A9' },
      body: '{}',
    });
  });

  it('should turn speeds into any unit and back', () => {
    const units = fc.constantFrom<SpeedUnit>('kn', 'km/h', 'm/s', 'mph');
    fc.assert(
      fc.property(units, units, fc.integer({ min: 0, max: 1e6 }), (a, b, speed) => {
        const rounded = 0.0005; // either way; the first becomes 3.6 times as much at most
        expect(speedIn(a, String(speedIn(b, String(speed), a)), b)).to.be.closeTo(speed, 3.6 * rounded + rounded + 1e-9);
      }),
    );
    expect([speedIn('kn', '1.852', 'km/h'), speedIn('km/h', '100', 'mph'), speedIn('m/s', '3.6', 'km/h')]).to.deep.equal([1, 160.934, 1]);
  });
});
