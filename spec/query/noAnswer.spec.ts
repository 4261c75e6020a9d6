import { expect } from 'chai';
import { noAnswer } from '../../src/query/noAnswer.js';
import { fix } from '../support/fix.js';

const NOON = Date.UTC(2021, 9, 23, 12) * 1000;
const asked = { how: ' by event time', age: (micros: number) => `${micros / 1e6} s`, maxAge: 'max_age is 5s' };

describe('noAnswer', () => {
  it('should say why there is no fix, by each clock', () => {
    const later = { known: 'only later', asked: NOON, first: NOON + 1 } as const;
    expect(noAnswer('7\n', { ...later, by: 'arrival' }, asked)).to.equal(
      'nothing known of device "7\\n" at 2021-10-23T12:00:00.000000Z: its first fix arrived at 2021-10-23T12:00:00.000001Z',
    );
    expect(noAnswer('7', { ...later, by: 'event' }, { ...asked, how: '' })).to.equal(
      'nothing known of where device "7" was at 2021-10-23T12:00:00.000000Z: its first fix was taken at 2021-10-23T12:00:00.000001Z',
    );
  });

  it('should say how old a fix is that is too old', () => {
    const old = { known: 'too old', fix: fix('7', { event: NOON - 6e6 }), asked: NOON, age: 6e6, extra: [] } as const;
    expect(noAnswer('7', old, asked)).to.equal(
      'too old: the latest fix of device "7" at 2021-10-23T12:00:00.000000Z by event time is of 2021-10-23T11:59:54.000000Z, 6 s before that, and max_age is 5s',
    );
  });
});
