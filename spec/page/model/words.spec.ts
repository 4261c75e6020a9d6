import { expect } from 'chai';
import { instantOf } from '../../../src/page/model/instantOf.js';
import { clockTime, count, counted, day, heading, lasting, metresText, stamp } from '../../../src/page/model/words.js';

describe('lasting', () => {
  for (const [seconds, words] of [
    [0, '0 s'],
    [4.2, '4.2 s'],
    [4, '4 s'],
    [59.4, '59 s'],
    [59.6, '1 min'],
    [200, '3 min 20 s'],
    [3600, '1 h'],
    [7500, '2 h 5 min'],
    [86_399, '23 h 59 min'],
    [273_600, '3 d 4 h'],
    [-200, '−3 min 20 s'],
    [-0.01, '0.0 s'],
  ] as const) {
    it(`should say of ${seconds} s: ${words}`, () => {
      expect(lasting(seconds)).to.equal(words);
    });
  }
});

describe('the times of the page', () => {
  const zone = process.env['TZ'];
  before(() => { process.env['TZ'] = 'Asia/Kolkata'; });
  after(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });
  const at = instantOf('2021-10-23T20:30:40.250000Z');

  it('should be of universal time', () => {
    expect([clockTime(at, 'utc'), day(at, 'utc'), stamp(at, 'utc')]).to.deep.equal(['20:30:40', '2021-10-23', '2021-10-23 20:30:40.25']);
  });

  it('should be of the zone of the browser, whose day may be another', () => {
    expect([clockTime(at, 'local'), day(at, 'local'), stamp(at, 'local')]).to.deep.equal([
      '02:00:40',
      '2021-10-24',
      '2021-10-24 02:00:40.25',
    ]);
  });

  it('should have no fraction where there is none', () => {
    expect(stamp(instantOf('2021-10-23T20:30:00Z'), 'utc')).to.equal('2021-10-23 20:30:00');
  });
});

describe('the numbers of the page', () => {
  it('should be in metres, and in kilometres from one on', () => {
    expect([0, 999, 1000, 9994, 12_345].map(metresText)).to.deep.equal(['0 m', '999 m', '1.00 km', '9.99 km', '12.3 km']);
  });

  it('should be grouped, and agree with what is counted', () => {
    expect([count(1_234_567), counted(1, 'device'), counted(0, 'device'), counted(2, 'fix', 'fixes')]).to.deep.equal([
      '1,234,567',
      '1 device',
      '0 devices',
      '2 fixes',
    ]);
  });

  it('should name the wind of a course', () => {
    const courses = [0, Math.PI / 4, Math.PI / 2, Math.PI, -Math.PI / 2, -0.001, 2.15];
    expect(courses.map(heading)).to.deep.equal(['0° N', '45° NE', '90° E', '180° S', '270° W', '0° N', '123° SE']);
  });
});
