import { expect } from 'chai';
import fc from 'fast-check';
import type { Fix } from '../../../src/domain/fix.js';
import type { SpeedUnit } from '../../../src/domain/Layout.js';
import { readBody } from '../../../src/gateway/read/readBody.js';
import { readQuery } from '../../../src/gateway/read/readQuery.js';
import type { Received } from '../../../src/gateway/read/Received.js';
import type { Beside } from '../../../src/gateway/read/ReadOptions.js';
import { FORMS, type FormName } from '../../../src/send/forms/FORMS.js';
import { topicOf } from '../../../src/send/mqtt/topicOf.js';
import { topicFilter } from '../../../src/gateway/mqtt/topicFilter.js';
import { texts } from '../../support/arbitraryFixes.js';
import { runs } from '../../support/runs.js';

const UNITS = fc.constantFrom<SpeedUnit>('kn', 'km/h', 'm/s', 'mph');
/** Times that every form can say: whole seconds after the first weeks of 1970. */
const seconds = fc.integer({ min: 2_200_000, max: 4_102_444_800 }).map((second) => second * 1e6);
const degrees = (max: number) => fc.double({ min: -max, max, noNaN: true }).map(String);
const fixes = fc.record({
  device: texts.filter((text) => text !== '' && !/[\0\p{Surrogate}]/u.test(text)),
  arrival: seconds,
  event: seconds,
  latitude: degrees(90),
  longitude: degrees(180),
  speed: fc.oneof(fc.constant(''), fc.integer({ min: 0, max: 40_000 }).map((hundredths) => String(hundredths / 100))),
  extra: fc.array(texts.filter((text) => !/[\0\p{Surrogate}]/u.test(text)), { minLength: 1, maxLength: 1 }),
});

/** Sends fixes as `replay` does, and reads the requests as the gateway does. */
function throughHttp(name: FormName, all: readonly Fix[], speedUnit: SpeedUnit): Received[] {
  const sending = { extra: ['driver'], speedUnit, user: 'lastfix', byTopic: false };
  const [form, textOf] = [FORMS[name].http(sending), FORMS[name].textOf(sending)];
  const parcels = all.map((fix, i) => {
    const text = textOf(fix, i + 1);
    return { device: fix.device, arrival: fix.arrival, place: i + 1, text, bytes: text.length, due: 0, lane: 0 };
  });
  const reading = { speedUnit, owntracksId: '{device}', trustTime: true };
  return (form.many ? [parcels] : parcels.map((parcel) => [parcel])).flatMap((some) => {
    const { query, headers = {}, body } = form.message(some);
    if (query !== undefined) return [readQuery(query, reading)];
    const named = headers['x-limit-d'] as string | undefined;
    const beside: Beside = named === undefined ? {} : { user: 'lastfix', device: decodeURIComponent(named) };
    return readBody(Buffer.from(body!), { ...reading, beside, isLines: form.many });
  });
}

const fixesOf = (received: readonly Received[]) => received.map((one) => (one.kind === 'fix' ? one.fix : one));
const same = ({ device, event, latitude, longitude, speed }: Fix) => ({
  device,
  event,
  latitude: String(Number(latitude)),
  longitude: String(Number(longitude)),
  speed,
});

describe('what src/send sends', () => {
  it('should come in as the same fixes, as the JSON of lastfix', () => {
    fc.assert(
      fc.property(fc.array(fixes, { minLength: 1, maxLength: 10 }), UNITS, (all, unit) => {
        const wanted = all.map((fix, i) => {
          const [driver] = fix.extra;
          return { ...same(fix), extra: driver === '' ? {} : { driver }, arrival: fix.arrival, place: i + 1 };
        });
        expect(fixesOf(throughHttp('lastfix', all, unit))).to.deep.equal(wanted);
      }),
      runs(200),
    );
  });

  for (const name of ['osmand', 'traccar'] as const) {
    it(`should come in as the same fixes, in the form ${name}, in any unit of speed`, () => {
      fc.assert(
        fc.property(fixes, UNITS, (fix, unit) => {
          const [one] = fixesOf(throughHttp(name, [fix], unit));
          expect(one).to.deep.include(same(fix));
        }),
        runs(300),
      );
    });
  }

  it('should come in as the same fixes as OwnTracks sends them, by HTTP and by topic, but for parts of a km/h', () => {
    fc.assert(
      fc.property(fixes, (fix) => {
        const whole = { ...fix, speed: fix.speed === '' ? '' : String(Math.round(Number(fix.speed))) };
        expect(fixesOf(throughHttp('owntracks', [whole], 'km/h'))[0]).to.deep.include(same(whole));
        const topics = topicFilter('owntracks/fleet/{device}');
        const named = topics.deviceOf(topicOf('owntracks/fleet/{device}', fix.device));
        const text = FORMS.owntracks.textOf({ extra: [], speedUnit: 'km/h', user: 'fleet', byTopic: true })(whole, 1);
        const [one] = readBody(Buffer.from(text), { speedUnit: 'km/h', owntracksId: '{user}/{device}', trustTime: false, beside: { named } });
        expect(fixesOf([one!])[0]).to.deep.include(same(whole));
      }),
      runs(200),
    );
  });
});
