import { expect } from 'chai';
import { ArrivalClock } from '../../src/gateway/ArrivalClock.js';
import { GatewayCounts } from '../../src/gateway/GatewayCounts.js';
import { Intake } from '../../src/gateway/Intake.js';
import type { Received } from '../../src/gateway/read/Received.js';
import { MemoryOutlet } from '../support/MemoryOutlet.js';

const NOON = Date.UTC(2026, 10, 25, 12); // ms
const keys = (from: number, to: number) => Object.fromEntries(Array.from({ length: to - from }, (_, i) => [`key ${from + i}`, 'x']));
const fixWith = (extra: Record<string, string>): Received => ({
  line: 1,
  record: '{}',
  kind: 'fix',
  form: 'lastfix',
  fix: { device: '7', event: NOON * 1000, latitude: '1', longitude: '2', speed: '', extra },
});

describe('Intake', () => {
  it('should take 2,000 names of columns in all, and none of a fix that would bring more', async () => {
    const outlet = new MemoryOutlet();
    const counts = new GatewayCounts();
    const clock = new ArrivalClock({ wall: () => NOON, steady: () => 0 });
    const intake = new Intake(outlet, { clock, counts, now: () => 0, random: 1, most: { fixes: 10, bytes: 1e6 } });
    const take = async (extra: Record<string, string>) => (await intake.take([fixWith(extra)], 'http')).rejected.map(({ reason }) => reason);
    expect(await take(keys(0, 1999))).to.deep.equal([]);
    const reason = 'its key "key 2000" would be a column more than 2000: leave out what is not needed';
    expect(await take(keys(1999, 2100))).to.deep.equal([reason]);
    expect(await take({ driver: 'Ada' })).to.deep.equal([]); // for which there is room
    expect(await take({ ...keys(0, 5), driver: 'Zoe' })).to.deep.equal([]);
    expect(await take({ fuel: '7' })).to.deep.equal([reason.replace('key 2000', 'fuel')]);
    expect(outlet.fixes.map(({ extra }) => Object.keys(extra).length)).to.deep.equal([1999, 1, 6]);
    expect([outlet.records.length, counts.rejected.get('keys')]).to.deep.equal([2, 2]);
  });
});
