import { expect } from 'chai';
import { of } from 'rxjs';
import { playingStatus } from '../../src/cli/status.js';
import { latest, Meter } from '../../src/index.js';
import { fix } from '../support/fix.js';

describe('playingStatus', () => {
  const at = Date.UTC(2021, 9, 23, 12, 30) * 1000;
  const met = () => {
    const meter = new Meter(() => 7);
    const first = fix('a', { event: at });
    meter.emitted(first, 3.6);
    of(first).pipe(meter.timed(latest())).subscribe();
    return meter;
  };

  it('should wait for the first fix', () => {
    expect(playingStatus({ meter: new Meter(() => 0), pace: { paused: false, rate: 1 }, last: at, keys: false })).to.equal('waiting for the first fix');
  });

  it('should tell stream time, rate, time left, fixes, devices and how far it is behind', () => {
    expect(playingStatus({ meter: met(), pace: { paused: false, rate: 60 }, last: at + 3_600_000_000, keys: false })).to.equal('2021-10-23T12:30:00, rate 60, 1 minute left, 1 fixes, 1 devices, behind by 3 ms');
  });

  it('should tell that it is paused, and what the keys do', () => {
    expect(playingStatus({ meter: new Meter(() => 0), pace: { paused: true, rate: 1 }, last: at, keys: false })).to.equal('paused before the first fix');
    expect(playingStatus({ meter: met(), pace: { paused: true, rate: 2 }, last: Infinity, keys: true })).to.equal('2021-10-23T12:30:00, paused, rate 2, 1 fixes, 1 devices, behind by 3 ms, space: pause, →: next, + -: rate, q: end');
  });

  it('should tell no time at full speed, which has none', () => {
    expect(playingStatus({ meter: met(), pace: { paused: false, rate: Infinity }, last: at, keys: false })).to.equal('2021-10-23T12:30:00, rate max, 1 fixes, 1 devices');
  });
});
