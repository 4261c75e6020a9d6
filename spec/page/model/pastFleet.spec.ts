import { expect } from 'chai';
import { lastValueFrom, toArray } from 'rxjs';
import { instantOf } from '../../../src/page/model/instantOf.js';
import { pastFleet } from '../../../src/page/model/pastFleet.js';
import { fleetServer } from '../support/fleetServer.js';
import { served, time } from '../support/served.js';

const FIXES = [served('a', 10), served('a', 80), served('a', 60, 95), served('b', 70, 99), served('c', 85, 200)];

describe('pastFleet', () => {
  const at = instantOf(time(90));
  const pictures = (by: 'arrival' | 'event') => lastValueFrom(pastFleet(at, by, fleetServer(FIXES, 1).askFleet).pipe(toArray()));

  it('should be the fleet as of a moment by one clock', async () => {
    const shown = (await pictures('arrival')).at(-1)!;
    expect([...shown.vehicles].map(([device, { latest }]) => [device, latest.event])).to.deep.equal([['a', instantOf(time(80))]]);
    expect(shown).to.include({ live: false, by: 'arrival', at, whole: true });
  });

  it('should say where the other clock shows other fixes, once that is known', async () => {
    const all = await pictures('arrival');
    expect(all[0]).to.include({ compared: false });
    expect([...all[0]!.elsewhere]).to.deep.equal([]);
    const { elsewhere, compared } = all.at(-1)!;
    expect(compared).to.equal(true);
    expect([...elsewhere].map(([device, there]) => [device, there?.event])).to.deep.equal([
      ['b', instantOf(time(70))],
      ['c', instantOf(time(85))],
    ]);
    const reverse = (await pictures('event')).at(-1)!;
    expect([...reverse.elsewhere]).to.deep.equal([['b', undefined], ['c', undefined]]);
  });

  it('should have where each came from, a minute before', async () => {
    const { vehicles } = (await pictures('arrival')).at(-1)!;
    expect(vehicles.get('a')!.trail.map(({ event }) => event)).to.deep.equal([instantOf(time(10)), instantOf(time(80))]);
  });
});
