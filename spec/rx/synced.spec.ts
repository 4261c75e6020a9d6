import { expect } from 'chai';
import { concat, NEVER, of, type Observable } from 'rxjs';
import { synced } from '../../src/rx/synced.js';
import { HandClock } from '../support/HandClock.js';
import { marbles } from '../support/marbles.js';
import { Seen } from '../support/Seen.js';
import { settled } from '../support/settled.js';
import { skewed } from '../support/skewed.js';

/** What syncs for as long as an Observable takes, in place of a promise: so that its time is virtual too. */
const syncing = (sync: Observable<string>) => () => sync as unknown as Promise<string>;

describe('synced', () => {
  it(
    'should sync at once what comes after a silence, and otherwise when its time is up',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold(' a--b-c---------d-|  ');
      const subs = ' ^----------------!  ';
      const sync = cold(' s|                  ');
      const sync1 = ' ^!                  ';
      const sync2 = ' -----^!             ';
      const sync3 = ' ---------------^!   ';
      const expected = ' a--b-c---------d-|  ';
      expectObservable(source.pipe(synced(syncing(sync), { every: 5 }))).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
      expectSubscriptions(sync.subscriptions).toBe([sync1, sync2, sync3]);
    }),
  );

  it('should sync nothing while its source is silent', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' - ');
    const subs =        ' ^ ';
    const sync = cold(  ' s|');
    const expected =    ' - ';
    expectObservable(source.pipe(synced(syncing(sync), { every: 5 }))).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
    expectSubscriptions(sync.subscriptions).toBe([]);
  }));

  it('should sync nothing of an empty source', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' --| ');
    const subs =        ' ^-! ';
    const sync = cold(  ' s|  ');
    const expected =    ' --| ';
    expectObservable(source.pipe(synced(syncing(sync), { every: 5 }))).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
    expectSubscriptions(sync.subscriptions).toBe([]);
  }));

  it('should sync a single emission once', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' --a--------------| ');
    const sync = cold(  '   s|               ');
    const syncs =       ' --^!               ';
    const expected =    ' --a--------------| ';
    expectObservable(source.pipe(synced(syncing(sync), { every: 5 }))).toBe(expected);
    expectSubscriptions(sync.subscriptions).toBe(syncs);
  }));

  it('should sync at most so often, however much comes', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' abcdefghijkl| ');
    const sync = cold(  ' s|            ');
    const sync1 =       ' ^!            ';
    const sync2 =       ' -----^!       ';
    const sync3 =       ' ----------^!  ';
    const expected =    ' abcdefghijkl| ';
    expectObservable(source.pipe(synced(syncing(sync), { every: 5 }))).toBe(expected);
    expectSubscriptions(sync.subscriptions).toBe([sync1, sync2, sync3]);
  }));

  it('should sync what comes at once at most twice', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' -(abc)-----| ');
    const sync = cold(  '  s|          ');
    const sync1 =       ' -^!          ';
    const sync2 =       ' ------^!     ';
    const expected =    ' -(abc)-----| ';
    expectObservable(source.pipe(synced(syncing(sync), { every: 5 }))).toBe(expected);
    expectSubscriptions(sync.subscriptions).toBe([sync1, sync2]);
  }));

  it('should emit before it syncs', () => {
    const seen: string[] = [];
    of('a').pipe(synced(() => Promise.resolve(seen.push('sync')))).subscribe((emission) => seen.push(emission));
    expect(seen).to.deep.equal(['a', 'sync']);
  });

  it('should hold nothing back while it syncs, and not sync twice at once', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' a--b--c---------| ');
    const sync = cold(  ' ------s|          ');
    const sync1 =       ' ^------!          ';
    const sync2 =       ' -------^------!   ';
    const expected =    ' a--b--c---------| ';
    expectObservable(source.pipe(synced(syncing(sync), { every: 6 }))).toBe(expected);
    expectSubscriptions(sync.subscriptions).toBe([sync1, sync2]);
  }));

  it('should leave to its end what is not synced when the source completes', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' a-b|    ');
    const sync = cold(  ' s|      ');
    const syncs =       ' ^!      ';
    const expected =    ' a-b|    ';
    expectObservable(source.pipe(synced(syncing(sync), { every: 5 }))).toBe(expected);
    expectSubscriptions(sync.subscriptions).toBe(syncs);
  }));

  it('should pass on an error of its source at once', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' a-b#    ');
    const subs =        ' ^--!    ';
    const sync = cold(  ' -----s| ');
    const syncs =       ' ^--!    ';
    const expected =    ' a-b#    ';
    expectObservable(source.pipe(synced(syncing(sync), { every: 5 }))).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
    expectSubscriptions(sync.subscriptions).toBe(syncs);
  }));

  it('should pass on an error of a sync, and let go of its source', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' -a-b---c-| ');
    const subs =        ' ^----!     ';
    const sync = cold(  '  ----#     ');
    const syncs =       ' -^---!     ';
    const expected =    ' -a-b-#     ';
    expectObservable(source.pipe(synced(syncing(sync), { every: 5 }))).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
    expectSubscriptions(sync.subscriptions).toBe(syncs);
  }));

  it('should pass on what `sync` throws', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const error = new Error('a bug');
    const source = cold(' -a-b-|  ');
    const subs =        ' ^!      ';
    const expected =    ' -(a#)   ';
    const fail = () => {
      throw error;
    };
    expectObservable(source.pipe(synced(fail))).toBe(expected, undefined, error);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should neither sync nor hold on to its source when unsubscribed from', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' a-b-----c-| ');
    const subs =        ' ^--!        ';
    const sync = cold(  ' s|          ');
    const syncs =       ' ^!          ';
    const unsub =       ' ---!        ';
    const expected =    ' a-b         ';
    expectObservable(source.pipe(synced(syncing(sync), { every: 5 })), unsub).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
    expectSubscriptions(sync.subscriptions).toBe(syncs);
  }));

  it('should count the time for each subscriber by itself', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' a-b---|     ');
    const sync = cold(  ' s|          ');
    const first =       ' ^           ';
    const firstSub =    ' ^-----!     ';
    const firstSync1 =  ' ^!          ';
    const firstSync2 =  ' -----^!     ';
    const expected1 =   ' a-b---|     ';
    const second =      ' --^         ';
    const secondSub =   ' --^-----!   ';
    const secondSync1 = ' --^!        ';
    const secondSync2 = ' -------^!   ';
    const expected2 =   ' --a-b---|   ';
    const result = source.pipe(synced(syncing(sync), { every: 5 }));
    expectObservable(result, first).toBe(expected1);
    expectObservable(result, second).toBe(expected2);
    expectSubscriptions(source.subscriptions).toBe([firstSub, secondSub]);
    expectSubscriptions(sync.subscriptions).toBe([firstSync1, secondSync1, firstSync2, secondSync2]);
  }));

  describe('every', () => {
    it('should be a second unless told otherwise', marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold(' a 499ms b 1s c 998ms | ');
      const sync = cold(  ' s|                     ');
      const sync1 =       ' ^!                     ';
      const sync2 =       ' 1s ^!                  ';
      const sync3 =       ' 2s ^!                  ';
      const expected =    ' a 499ms b 1s c 998ms | ';
      expectObservable(source.pipe(synced(syncing(sync)))).toBe(expected);
      expectSubscriptions(sync.subscriptions).toBe([sync1, sync2, sync3]);
    }));

    it('should be measured on the scheduler that is given', marbles(({ cold, expectObservable, expectSubscriptions }, scheduler) => {
      const source = cold(' ab------| ');
      const sync = cold(  ' s|        ');
      const sync1 =       ' ^!        ';
      const sync2 =       ' -----^!   ';
      const expected =    ' ab------| ';
      expectObservable(source.pipe(synced(syncing(sync), { every: 5, scheduler }))).toBe(expected);
      expectSubscriptions(sync.subscriptions).toBe([sync1, sync2]);
    }));

    it('should have each emission synced at 0', marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold(' abc-d| ');
      const sync = cold(  ' (s|)   ');
      const sync1 =       ' (^!)   ';
      const sync2 =       ' -(^!)  ';
      const sync3 =       ' --(^!) ';
      const sync4 =       ' ----(^!)';
      const expected =    ' abc-d| ';
      expectObservable(source.pipe(synced(syncing(sync), { every: 0 }))).toBe(expected);
      expectSubscriptions(sync.subscriptions).toBe([sync1, sync2, sync3, sync4]);
    }));

    it('should be never at Infinity', marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold(' abc----# ');
      const subs =        ' ^------! ';
      const expected =    ' abc----# ';
      const fail = () => expect.fail('it synced');
      expectObservable(source.pipe(synced(fail, { every: Infinity }))).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
    }));
  });

  it(
    'should let one sync wait at most while one takes long, and run once more for all that came meanwhile',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold(' abcdefghijk|            ');
      const sync = cold(' -------s|               ');
      const sync1 = ' ^-------!               ';
      const sync2 = ' --------^-------!       ';
      const sync3 = ' ----------------^-------!';
      const expected = ' abcdefghijk-------------|';
      expectObservable(source.pipe(synced(syncing(sync), { every: 2 }))).toBe(expected);
      expectSubscriptions(sync.subscriptions).toBe([sync1, sync2, sync3]);
    }),
  );

  it('should sync as rarely as a timer can wait, when it is to sync more rarely', () => {
    const clock = new HandClock();
    const delays: number[] = [];
    const counted = skewed(clock, (delay) => {
      delays.push(delay);
      return delay;
    });
    new Seen(concat(of('a'), NEVER).pipe(synced(() => Promise.resolve(), { every: 2 ** 31, scheduler: counted })));
    expect(delays).to.deep.equal([2 ** 31 - 1]);
  });

  it('should take a sync that fails as a promise', async () => {
    const error = new Error('disk on fire');
    const seen = new Seen(concat(of('a'), NEVER).pipe(synced(() => Promise.reject(error))));
    await settled();
    expect(seen).to.deep.include({ values: ['a'], error });
  });
});
