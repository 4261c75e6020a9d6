import { expect } from 'chai';
import fc from 'fast-check';
import { readBody } from '../../../src/gateway/read/readBody.js';
import type { Beside, ReadOptions } from '../../../src/gateway/read/ReadOptions.js';
import type { Received } from '../../../src/gateway/read/Received.js';
import { runs } from '../../support/runs.js';

const READING: ReadOptions = { speedUnit: 'km/h', owntracksId: '{user}/{device}', trustTime: false };
const EVENT = Date.UTC(2021, 9, 23, 12, 30, 36) * 1000;
const read = (body: string | Buffer, beside: Beside = {}, reading: Partial<ReadOptions> = {}) =>
  readBody(Buffer.from(body), { ...READING, ...reading, beside });
const json = (value: unknown, beside: Beside = {}, reading: Partial<ReadOptions> = {}) => read(JSON.stringify(value), beside, reading);
/** What there is to see of each: a fix, a type, or a reason. */
const told = (received: readonly Received[]) =>
  received.map((one) => (one.kind === 'fix' ? one.fix : one.kind === 'dropped' ? one.type : `${one.line} ${one.fault}: ${one.reason}`));

const OWN = { device_id: 'a', lat: 52.5, lon: 13.4, speed: 30, event_time: '2021-10-23T12:30:36Z' };
const FIX = { device: 'a', event: EVENT, latitude: '52.5', longitude: '13.4', speed: '30', extra: {} };
const OWNTRACKS = { _type: 'location', lat: 52.5, lon: 13.4, tst: 1634992236 };
const FORWARDED = {
  position: {
    id: 7,
    deviceId: 3,
    fixTime: '2021-10-23T12:30:36.000+00:00',
    serverTime: '2021-10-23T12:30:37.000+00:00',
    outdated: false,
    latitude: 52.5,
    longitude: 13.4,
    speed: 16.198704,
    attributes: { ignition: true },
  },
  device: { id: 3, uniqueId: 'a', name: 'Bus' },
};

describe('readBody', () => {
  describe('the JSON of lastfix', () => {
    it('should be one object, a list, or an object a line, with empty lines between them', () => {
      for (const body of [JSON.stringify(OWN), JSON.stringify(OWN, undefined, 2), JSON.stringify([OWN])])
        expect(told(read(body))).to.deep.equal([FIX]);
      const other = { ...OWN, device_id: 'b' };
      const lines = read(`\ufeff${JSON.stringify(OWN)}\r\n\n  \n${JSON.stringify(other)}\n`);
      expect(told(lines)).to.deep.equal([FIX, { ...FIX, device: 'b' }]);
      expect(lines.map(({ line }) => line)).to.deep.equal([1, 4]);
      expect(json([OWN, other]).map(({ line }) => line)).to.deep.equal([1, 2]);
    });

    it('should keep numbers as they are written, in numbers and in texts, and ids of many digits', () => {
      const text = '{"device_id":353451234567890123456,"lat":+52.50,"lon":"13.40","speed":1e1,"event_time":"2021-10-23T12:30:36Z","x":1.10}';
      expect(told(read(text.replace('+', '')))).to.deep.equal([
        { ...FIX, device: '353451234567890123456', latitude: '52.50', longitude: '13.40', speed: '1e1', extra: { x: '1.10' } },
      ]);
      expect(told(read(text))).to.match(/^1 syntax: it is not JSON: /);
    });

    it('should have further keys as further columns, by the way to them, but for empty ones', () => {
      const extra = { driver: 'Zoë', fuel: { level: 0.5, low: false }, doors: [1, 2], none: null, empty: '', time: 'x', seq: 9, reason: 'r' };
      const text = JSON.stringify({ ...OWN, ...extra }).replace(/}$/, ',"__proto__":"p"}');
      const [one] = told(read(text)) as unknown as [{ extra: object }];
      expect(Object.entries(one.extra)).to.deep.equal([
        ['driver', 'Zoë'],
        ['fuel.level', '0.5'],
        ['fuel.low', 'false'],
        ['doors.0', '1'],
        ['doors.1', '2'],
        ['reason_2', 'r'],
        ['__proto__', 'p'],
      ]);
    });

    it('should have an unknown speed where there is no number from 0 up', () => {
      for (const speed of [null, '', -1, 'fast', '1e999', true]) expect(told(json({ ...OWN, speed }))).to.deep.equal([{ ...FIX, speed: '' }]);
      const { speed, ...others } = OWN;
      expect(speed).to.equal(30);
      expect(told(json(others))).to.deep.equal([{ ...FIX, speed: '' }]);
    });

    it('should have the time and the place that it says, if that is trusted', () => {
      const sent = { ...OWN, time: '2021-10-23T12:30:39.656352Z', seq: 84 };
      expect(told(json(sent))).to.deep.equal([FIX]);
      expect(told(json(sent, {}, { trustTime: true }))).to.deep.equal([{ ...FIX, arrival: EVENT + 3_656_352, place: 84 }]);
      expect(told(json({ ...sent, seq: 2 ** 40 }, {}, { trustTime: true }))).to.deep.equal([{ ...FIX, arrival: EVENT + 3_656_352 }]);
      expect(told(json({ ...sent, time: 'x' }, {}, { trustTime: true }))).to.deep.equal([
        '1 time: time "x" is not a time: write it like 2021-10-23T12:32:45Z',
      ]);
      expect(told(json(OWN, {}, { trustTime: true }))).to.deep.equal([FIX]);
    });

    const faults: readonly (readonly [what: object, reason: string])[] = [
      [{ device_id: '' }, 'device: device_id is missing or empty'],
      [{ device_id: null }, 'device: device_id is missing or empty'],
      [{ device_id: { a: 1 } }, 'device: device_id is missing or empty'],
      [{ lat: 91 }, 'position: lat "91" is not a number from -90 to 90'],
      [{ lat: null }, 'position: lat is missing or empty'],
      [{ lat: '0x1' }, 'position: lat "0x1" is not a number from -90 to 90'],
      [{ lon: -180.1 }, 'position: lon "-180.1" is not a number from -180 to 180'],
      [{ lon: `1.${'0'.repeat(99_999)}` }, `position: lon "1.${'0'.repeat(78)}…" is longer than 64 characters`],
      [{ event_time: 1634992236 }, 'time: event_time "1634992236" is not a time: write it like 2021-10-23T12:32:45Z'],
      [{ event_time: '2023-02-29T00:00:00Z' }, 'time: event_time "2023-02-29T00:00:00Z" is not a time: write it like 2021-10-23T12:32:45Z'],
      [{ event_time: undefined }, 'time: event_time is missing or empty: write it like 2021-10-23T12:32:45Z'],
      [{ device_id: 'a\0' }, 'syntax: it has a text with a NUL character or half a surrogate pair, which no store can keep'],
      [{ driver: '\ud800' }, 'syntax: it has a text with a NUL character or half a surrogate pair, which no store can keep'],
      [Object.fromEntries(Array.from({ length: 201 }, (_, i) => [`k${i}`, i])), 'keys: it has more than 200 further keys'],
      [{ driver: 'x'.repeat(262_144) }, 'size: it has more than 262144 bytes'],
    ];
    for (const [what, reason] of faults) {
      it(`should be rejected with the reason: ${reason.slice(0, 70)}`, () => {
        expect(told(json({ ...OWN, ...what }))).to.deep.equal([`1 ${reason}`]);
      });
    }

    it('should keep a text of 100,000 characters in any other field', () => {
      const long = 'é'.repeat(100_000);
      expect(told(json({ ...OWN, device_id: long, driver: long }).slice(0, 1))).to.have.lengthOf(1);
      expect(told(json({ ...OWN, driver: long }))).to.deep.equal([{ ...FIX, extra: { driver: long } }]);
    });
  });

  describe('what is none', () => {
    it('should be rejected line by line, with what stood there', () => {
      const body = [JSON.stringify(OWN), '{"device_id":"a"', '[1]', '"x"', '7', JSON.stringify(OWN)].join('\n');
      const received = read(body);
      expect(received.map(({ kind }) => kind)).to.deep.equal(['fix', 'rejected', 'rejected', 'rejected', 'rejected', 'fix']);
      expect(received.map(({ record }) => record).join('\n')).to.equal(body);
      expect(told(received)[2]).to.equal('3 syntax: the line is not a JSON object: "[1]"');
    });

    it('should be rejected where it is not UTF-8, and only there', () => {
      const text = Buffer.from(`${JSON.stringify({ ...OWN, x: 'M\xfcller' })}\n`, 'latin1');
      const received = read(Buffer.concat([Buffer.from(`${JSON.stringify(OWN)}\n`), text, Buffer.from(JSON.stringify(OWN))]));
      expect(told(received)).to.deep.equal([FIX, '2 syntax: byte 0xFC is not UTF-8: send UTF-8', FIX]);
      expect(received.map(({ line }) => line)).to.deep.equal([1, 2, 3]);
    });

    it('should be rejected where it is too deep, as it stands there, without delay', () => {
      const deep = `${'[{"a":'.repeat(20_000)}1${'}]'.repeat(20_000)}`;
      const [one, ...others] = read(deep);
      expect(others).to.have.lengthOf(0);
      expect(one).to.include({ kind: 'rejected', fault: 'syntax', record: deep });
      expect(told(json({ ...OWN, x: JSON.parse(`${'['.repeat(80)}${']'.repeat(80)}`) as unknown }))).to.deep.equal([
        '1 syntax: the line has more than 64 objects within each other',
      ]);
    });
  });

  describe('OwnTracks', () => {
    it('should be of the user and the device that the headers or the topic say, and have km/h', () => {
      const sent = { ...OWNTRACKS, vel: 30, acc: 12, tid: 'ph', topic: 'owntracks/ada/phone%202' };
      const extra = { acc: '12', tid: 'ph' };
      expect(told(json(sent, { user: 'bob', device: 'watch' }))).to.deep.equal([{ ...FIX, device: 'bob/watch', extra }]);
      expect(told(json(sent))).to.deep.equal([{ ...FIX, device: 'ada/phone 2', extra }]);
      expect(told(json(sent, {}, { owntracksId: '{device}' }))).to.deep.equal([{ ...FIX, device: 'phone 2', extra }]);
      expect(told(json(sent, { named: 'x' }))).to.deep.equal([{ ...FIX, device: 'x', extra }]);
      expect(told(json(OWNTRACKS, { device: 'watch' }, { speedUnit: 'm/s' }))).to.deep.equal([{ ...FIX, device: 'watch', speed: '' }]);
      expect(told(json({ ...OWNTRACKS, vel: 36 }, { device: 'a' }, { speedUnit: 'm/s' }))).to.deep.equal([{ ...FIX, speed: '10' }]);
    });

    it('should be rejected where nothing says whose it is, or it is encrypted', () => {
      expect(told(json(OWNTRACKS))).to.match(/^1 device: it does not say whose it is: by the headers X-Limit-U and X-Limit-D/);
      expect(told(json({ _type: 'encrypted', data: 'x' }, { device: 'a' }))).to.match(/^1 syntax: it is encrypted: /);
      expect(told(json({ ...OWNTRACKS, tst: 'now' }, { device: 'a' }))).to.match(/^1 time: tst "now" is not a time: write seconds/);
    });

    it('should be no fix and no fault where it is a message of another type', () => {
      for (const _type of ['lwt', 'transition', 'waypoint', 'card', 'x']) expect(told(json({ ...OWNTRACKS, _type }))).to.deep.equal([_type]);
    });
  });

  describe('what Traccar forwards', () => {
    const extra = {
      id: '7',
      deviceId: '3',
      serverTime: '2021-10-23T12:30:37.000+00:00',
      outdated: 'false',
      'attributes.ignition': 'true',
      'device.id': '3',
      'device.name': 'Bus',
    };

    it('should have knots, its times in ISO 8601 or ms, and what else it says', () => {
      expect(told(json(FORWARDED))).to.deep.equal([{ ...FIX, extra }]);
      const { position, ...others } = FORWARDED;
      const at = (fixTime: string | number) => told(json({ position: { ...position, fixTime }, ...others }));
      expect(at(EVENT / 1000 + 0.25)).to.deep.equal([{ ...FIX, event: EVENT + 250, extra }]);
      expect(at('2021-10-23T12:30:36.000+0000')).to.deep.equal([{ ...FIX, extra }]);
      expect(told(json(FORWARDED, {}, { speedUnit: 'kn' }))).to.deep.equal([{ ...FIX, speed: '16.198704', extra }]);
    });

    it('should be no fix where it is the position that was known before', () => {
      expect(told(json({ ...FORWARDED, position: { ...FORWARDED.position, outdated: true } }))).to.deep.equal(['outdated']);
    });

    it('should be rejected by its own names', () => {
      expect(told(json({ ...FORWARDED, device: {} }))).to.deep.equal(['1 device: device.uniqueId is missing or empty']);
      expect(told(json({ ...FORWARDED, position: { ...FORWARDED.position, fixTime: 'x' } }))).to.match(/^1 time: position\.fixTime "x" is not a time: write ms/);
    });
  });

  it('should have the JSON of Traccar Client, in m/s, of which -1 is unknown', () => {
    const sent = (speed: number) => ({
      location: { timestamp: '2021-10-23T12:30:36.000Z', coords: { latitude: 52.5, longitude: 13.4, speed, heading: 90 }, battery: { level: 0.5 } },
      device_id: 'a',
    });
    const extra = { heading: '90', 'battery.level': '0.5' };
    expect(told(json(sent(8.333)))).to.deep.equal([{ ...FIX, extra }]);
    expect(told(json(sent(-1)))).to.deep.equal([{ ...FIX, speed: '', extra }]);
  });

  const values = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.record(
      {
        device_id: fc.jsonValue({ maxDepth: 1 }),
        lat: fc.oneof(fc.double(), fc.constantFrom('52.5', 91, null)),
        lon: fc.oneof(fc.double(), fc.constantFrom('13.4', 181)),
        speed: fc.jsonValue({ maxDepth: 1 }),
        event_time: fc.oneof(fc.constantFrom('2021-10-23T12:30:36Z', 'x'), fc.integer()),
        _type: fc.constantFrom('location', 'lwt', 7, null),
        position: fc.jsonValue({ maxDepth: 2 }),
        location: fc.jsonValue({ maxDepth: 2 }),
        tst: fc.oneof(fc.double(), fc.string()),
      },
      { requiredKeys: [] },
    ),
  );
  const isSound = (one: Received) => {
    if (one.kind === 'rejected') expect(one.reason).not.to.equal('');
    if (one.kind !== 'fix') return;
    const { latitude, longitude, speed, event, device, extra } = one.fix;
    expect(Math.abs(Number(latitude))).to.be.at.most(90);
    expect(Math.abs(Number(longitude))).to.be.at.most(180);
    expect(speed === '' || (Number(speed) >= 0 && Number.isFinite(Number(speed)))).to.equal(true);
    expect(Number.isSafeInteger(event)).to.equal(true);
    expect(device).to.be.a('string').and.not.equal('');
    for (const text of Object.values(extra)) expect(text).to.be.a('string');
  };

  it('should make something of each line of any JSON, and of every object of a list', () => {
    fc.assert(
      fc.property(fc.array(values, { maxLength: 8 }), (all) => {
        const text = all.map((one) => JSON.stringify(one)).join('\n');
        const lines = readBody(Buffer.from(text), { ...READING, beside: { device: 'd' }, isLines: true });
        expect(lines.map(({ line }) => line)).to.deep.equal(all.map((_, i) => i + 1));
        const list = json(all, { device: 'd' });
        expect(list.map(({ kind }) => kind)).to.deep.equal(lines.map(({ kind }) => kind));
        for (const one of [...lines, ...list]) isSound(one);
      }),
      runs(300),
    );
  });

  it('should make something of any bytes, and never throw', () => {
    const chunks = fc.oneof(
      fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)),
      fc
        .constantFrom('{', '}', '[', ']', '"', ':', ',', '\n', '\r\n', '\\u0000', '"lat":', 'null', '1e999', JSON.stringify(OWN))
        .map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(fc.array(chunks, { maxLength: 20 }), fc.boolean(), fc.boolean(), (parts, isLines, isForm) => {
        const bytes = Buffer.concat(parts);
        const received = readBody(bytes, { ...READING, beside: {}, isLines, isForm });
        for (const one of received) isSound(one);
        if (!/^[\s\ufeff]*(?:\[\s*\]\s*)?$/.test(bytes.toString())) expect(received.length).to.be.above(0);
      }),
      runs(500),
    );
  });
});
