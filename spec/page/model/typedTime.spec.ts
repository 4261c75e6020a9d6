import { expect } from 'chai';
import fc from 'fast-check';
import { instantOf } from '../../../src/page/model/instantOf.js';
import { typedTime } from '../../../src/page/model/typedTime.js';

const SHOWN = instantOf('2021-10-23T12:30:00Z');
const read = (text: string, zone: 'utc' | 'local' = 'utc') => typedTime(text, { zone, shown: SHOWN, now: () => 1_000 });

describe('typedTime', () => {
  const zone = process.env['TZ'];
  before(() => { process.env['TZ'] = 'Europe/Berlin'; });
  after(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  it('should take whatever query takes, and a time of the day that is shown', () => {
    for (const [text, time] of [
      ['2021-10-23T12:32:45Z', '2021-10-23T12:32:45Z'],
      [' 2021-10-23 12:32:45.25 ', '2021-10-23T12:32:45.25Z'],
      ['2021-10-23T12:32+05:30', '2021-10-23T07:02:00Z'],
      ['2021-10-24', '2021-10-24T00:00:00Z'],
      ['12:45', '2021-10-23T12:45:00Z'],
      ['12:45:01,5', '2021-10-23T12:45:01.5Z'],
      ['now', '1970-01-01T00:00:01Z'],
    ] as const)
      expect(read(text), text).to.equal(instantOf(time));
    for (const text of ['', 'noon', '25:00', '2021-02-30', '12']) expect(read(text), text).to.equal(undefined);
  });

  it('should take a time without a zone as local where local times are shown, and one with a zone as it says', () => {
    const moments = fc.date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2040-01-01T00:00:00Z'), noInvalidDate: true });
    const two = (value: number) => String(value).padStart(2, '0');
    fc.assert(
      fc.property(moments, (date) => {
        date.setMilliseconds(0);
        const [hour, minute, second] = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two);
        const local = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${hour}:${minute}:${second}`;
        const again = new Date(read(local, 'local')! / 1000);
        expect([again.getHours(), again.getMinutes(), again.getDate()]).to.deep.equal([date.getHours(), date.getMinutes(), date.getDate()]);
        expect(read(date.toISOString(), 'local')).to.equal(date.valueOf() * 1000);
      }),
    );
  });
});
