import { expect } from 'chai';
import fc from 'fast-check';
import { EMPTY, from, lastValueFrom, NEVER, of, tap, throwError, toArray } from 'rxjs';
import { readServer } from '../../../src/page/api/readServer.js';
import { Refused } from '../../../src/page/api/Refused.js';
import type { ChangesAsked, FleetAsked, FleetTold, Server, ServerEvent } from '../../../src/page/api/Server.js';
import { Unanswered } from '../../../src/page/api/Unanswered.js';
import type { Land } from '../../../src/page/map/Land.js';
import { instantOf } from '../../../src/page/model/instantOf.js';
import { sighting } from '../../../src/page/model/Sighting.js';
import { failureOf } from '../../support/failureOf.js';
import { marbles } from '../../support/marbles.js';
import { FakeReader } from '../support/FakeReader.js';
import { flushed, served, time } from '../support/served.js';
import { sightings } from '../support/sightings.js';

const at = instantOf(time(9));
const fleet: FleetTold = { at, fixes: [sighting(served('a', 8))] };
const opened: ServerEvent = { type: 'open' };
const flush = (device: string): ServerEvent => ({ type: 'flush', flush: flushed([served(device, 1)], [served(device, 0)]) });
const none: Server = { event$: NEVER, fleet: () => NEVER, changes: () => NEVER, land$: NEVER };
const own: Server = { ...none, event$: from([opened, flush('own')]), fleet: () => of({ at, fixes: [sighting(served('own', 8))] }) };

describe('readServer', () => {
  it('should bring every event of the server, as it is and in its order', async () => {
    const event = fc.oneof(
      fc.constantFrom<ServerEvent['type']>('open', 'lost', 'reset').map((type) => ({ type }) as ServerEvent),
      fc.record({ changes: sightings, late: sightings }).map(({ changes, late }): ServerEvent => ({ type: 'flush', flush: { at, changes, late } })),
      fc.boolean().map((paused): ServerEvent => ({ type: 'pace', pace: { paused, rate: 20 } })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 10 }), async (events) => {
        const { event$ } = readServer(() => new FakeReader({ ...none, event$: from(events) }), none);
        expect(await lastValueFrom(event$.pipe(toArray()))).to.deep.equal(events);
      }),
    );
  });

  it('should ask for the very fleet that is wanted, and bring it', async () => {
    const asked: (FleetAsked | undefined)[] = [];
    const server: Server = {
      ...none,
      fleet: (wanted) => {
        asked.push(wanted);
        return of(fleet);
      },
    };
    const { fleet: ask } = readServer(() => new FakeReader(server), none);
    expect(await lastValueFrom(ask({ at, by: 'event' }))).to.deep.equal(fleet);
    expect(await lastValueFrom(ask())).to.deep.equal(fleet);
    expect(asked).to.deep.equal([{ at, by: 'event' }, {}]);
  });

  it('should ask for the very fixes that are wanted, and bring them', async () => {
    await fc.assert(
      fc.asyncProperty(sightings, sightings, fc.boolean(), async (changes, late, isAll) => {
        const asked: ChangesAsked[] = [];
        const server: Server = {
          ...none,
          changes: (wanted) => {
            asked.push(wanted);
            return of({ changes, late, isAll });
          },
        };
        const wanted: ChangesAsked = { from: at, to: at + 5, by: 'event', limit: 7 };
        const told = await lastValueFrom(readServer(() => new FakeReader(server), none).changes(wanted));
        expect(told).to.deep.equal({ changes, late, isAll });
        expect(asked).to.deep.equal([wanted]);
      }),
    );
  });

  it('should bring the land', async () => {
    const land: Land = { points: Float64Array.of(0, 0.5, 1, 0.25), ends: Uint32Array.of(2), boxes: Float64Array.of(0, 0.25, 1, 0.5) };
    const { land$ } = readServer(() => new FakeReader({ ...none, land$: of(structuredClone(land)) }), none);
    expect(await lastValueFrom(land$)).to.deep.equal(land);
  });

  it('should fail as the server does', async () => {
    const failing = (error: Error) => {
      const { fleet: ask } = readServer(() => new FakeReader({ ...none, fleet: () => throwError(() => error) }), none);
      return failureOf(lastValueFrom(ask()));
    };
    const refused = await failing(new Refused('later', 'device 7 is known only later'));
    expect(refused).to.be.instanceOf(Refused).and.to.include({ error: 'later', message: 'device 7 is known only later' });
    expect(await failing(new Unanswered('the server does not answer')))
      .to.be.instanceOf(Unanswered)
      .and.to.include({ message: 'the server does not answer' });
    expect(await failing(new Error('the stream of events was closed'))).to.include({ message: 'the stream of events was closed' });
  });

  it('should read the server here where no worker can be started', async () => {
    const start = () => {
      throw new Error('workers are forbidden');
    };
    const { event$, fleet: ask } = readServer(start, own);
    expect(await lastValueFrom(event$.pipe(toArray()))).to.deep.equal([opened, flush('own')]);
    expect((await lastValueFrom(ask())).fixes[0]!.device).to.equal('own');
  });

  it('should read it here, and the events anew, when the worker fails', async () => {
    const failing = new FakeReader(none);
    const events: ServerEvent[] = [];
    const { event$, fleet: ask } = readServer(() => failing, own);
    event$.subscribe((event) => events.push(event));
    const fleet = lastValueFrom(ask());
    expect(events).to.deep.equal([]);
    failing.fail();
    expect(events).to.deep.equal([opened, flush('own')]);
    expect((await fleet).fixes[0]!.device).to.equal('own');
    expect(failing.isEnded).to.equal(true);
  });

  it('should bring a fleet in another task than that in which it is unpacked, since either takes long where it is large', async () => {
    const { fleet: ask } = readServer(() => new FakeReader({ ...none, fleet: () => of(fleet) }), none);
    const brought: FleetTold[] = [];
    const all = lastValueFrom(ask().pipe(tap((told) => brought.push(told))));
    expect(brought).to.deep.equal([]);
    await all;
    expect(brought).to.deep.equal([fleet]);
  });

  it(
    'should want nothing more of what is wanted no more, and end the worker when nothing is',
    marbles(({ cold, expectObservable, expectSubscriptions, flush: run }) => {
      const server = { ...none, event$: cold<ServerEvent>('-o-o-o', { o: opened }), fleet: () => EMPTY };
      const worker = new FakeReader(server);
      expectObservable(readServer(() => worker, none).event$, '--^-!').toBe('---o', { o: opened });
      run();
      expectSubscriptions(server.event$.subscriptions).toBe('--^-!');
      expect(worker.isEnded).to.equal(true);
    }),
  );
});
