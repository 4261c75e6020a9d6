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
    expect(playingStatus({ meter: new Meter(() => 0), pace: { paused: true, rate: 1 }, last: at, keys: true })).to.equal('paused before the first fix, space: pause, →: next, + -: rate, q: end');
    expect(playingStatus({ meter: met(), pace: { paused: true, rate: 2 }, last: Infinity, keys: true })).to.equal('2021-10-23T12:30:00, paused, rate 2, 1 fixes, 1 devices, behind by 3 ms, space: pause, →: next, + -: rate, q: end');
  });

  it('should tell what there is room for, the keys at least', () => {
    const told = (width: number, hours = 2) => playingStatus({ meter: met(), pace: { paused: false, rate: 1 }, last: at + hours * 3_600_000_000 - 1_000_000, keys: true }, width);
    const rest = '1 fixes, 1 devices, behind by 3 ms';
    expect(told(140)).to.equal(`2021-10-23T12:30:00, rate 1, 1 hour 59 minutes 59 seconds left, ${rest}, space: pause, →: next, + -: rate, q: end`);
    expect(told(139)).to.equal(`2021-10-23T12:30:00, rate 1, 1 hour 59 minutes 59 seconds left, ${rest}, space → + - q`);
    expect(told(100)).to.equal('2021-10-23T12:30:00, rate 1, 1 hour 59 minutes 59 seconds left, behind by 3 ms, space → + - q');
    expect(told(79)).to.equal('2021-10-23T12:30:00, rate 1, 1 hour 59 minutes 59 seconds left, space → + - q');
    expect(told(79, 0.01)).to.equal('2021-10-23T12:30:00, rate 1, 35 s left, 1 fixes, behind by 3 ms, space → + - q');
    expect(told(40)).to.equal('2021-10-23T12:30:00, rate 1, space → + - q');
  });

  it('should tell no time at full speed, which has none', () => {
    expect(playingStatus({ meter: met(), pace: { paused: false, rate: Infinity }, last: at, keys: false })).to.equal('2021-10-23T12:30:00, rate max, 1 fixes, 1 devices');
  });
});
