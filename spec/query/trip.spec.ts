import { expect } from 'chai';
import { distance } from '../../src/domain/distance.js';
import type { Trip } from '../../src/domain/Trip.js';
import { trip } from '../../src/query/trip.js';
import { fix } from '../support/fix.js';
import { marbles } from '../support/marbles.js';

/** Fixes a degree apart on the equator, and one that did not move. */
const at = (longitude: string) => ({ fix: fix('a', { event: Number(longitude), latitude: '0', longitude }) });
const fixes = { a: at('0'), b: at('1'), c: at('3'), d: at('3') };
type At = ReturnType<typeof at>;
const DEGREE = distance({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 1 });

const after = (first: At, last: At, count: number, metres: number): Trip<At> => ({ fixes: count, first, last, metres });
const trips = {
  w: after(fixes.a, fixes.a, 1, 0),
  x: after(fixes.a, fixes.b, 2, DEGREE),
  y: after(fixes.a, fixes.c, 3, DEGREE + distance(fixes.b.fix, fixes.c.fix)),
  z: after(fixes.a, fixes.d, 4, DEGREE + distance(fixes.b.fix, fixes.c.fix)),
};

describe('trip', () => {
  it('should say with each fix how far the device has come', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' a-b--c-d-| ', fixes);
    const subs =        ' ^--------! ';
    const expected =    ' w-x--y-z-| ';
    expectObservable(source.pipe(trip())).toBe(expected, trips);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should go no way with one fix', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' a| ', fixes);
    const subs =        ' ^! ';
    const expected =    ' w| ';
    expectObservable(source.pipe(trip())).toBe(expected, trips);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should count several that come at once', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' (abcd|) ', fixes);
    const subs =        ' (^!)    ';
    const expected =    ' (wxyz|) ';
    expectObservable(source.pipe(trip())).toBe(expected, trips);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should say nothing of an empty track', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold<At>(' --| ');
    const subs =            ' ^-! ';
    const expected =        ' --| ';
    expectObservable(source.pipe(trip())).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should say nothing while its source is silent', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold<At>(' - ');
    const subs =            ' ^ ';
    const expected =        ' - ';
    expectObservable(source.pipe(trip())).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should pass on an error', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' a-b-# ', fixes);
    const subs =        ' ^---! ';
    const expected =    ' w-x-# ';
    expectObservable(source.pipe(trip())).toBe(expected, trips);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should let go of its source when unsubscribed from', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' a-b-c- ', fixes);
    const subs =        ' ^--!   ';
    const unsub =       ' ---!   ';
    const expected =    ' w-x-   ';
    expectObservable(source.pipe(trip()), unsub).toBe(expected, trips);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should begin anew for each subscriber', marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a-b-c-|  ', fixes);
    const first =      ' ^         ';
    const firstSub =   ' ^------!  ';
    const expected1 =  ' -w-x-y-|  ';
    const second =     ' --^       ';
    const secondSub =  ' --^----!  ';
    const expected2 =  ' ---p-q-|  ';
    const tripped = source.pipe(trip());
    expectObservable(tripped, first).toBe(expected1, trips);
    expectObservable(tripped, second).toBe(expected2, {
      p: after(fixes.b, fixes.b, 1, 0),
      q: after(fixes.b, fixes.c, 2, distance(fixes.b.fix, fixes.c.fix)),
    });
    expectSubscriptions(source.subscriptions).toBe([firstSub, secondSub]);
  }));

  it('should begin anew when it is repeated', marbles(({ cold, expectObservable }) => {
    const source = cold(' ab|    ', fixes);
    const tripped = source.pipe(trip());
    expectObservable(tripped).toBe(' wx|    ', trips);
    expectObservable(tripped, ' ---^').toBe(' ---wx| ', trips);
  }));

  it('should end with an error that the fixes themselves throw', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const broken = { get fix(): At['fix'] { throw new Error('no fix'); } };
    const source = cold<At>(' a-b-c ', { ...fixes, b: broken });
    const subs =            ' ^-!   ';
    const expected =        ' w-#   ';
    expectObservable(source.pipe(trip())).toBe(expected, trips, new Error('no fix'));
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should keep what else comes with a fix', () => {
    const noted = { ...fixes.a, note: 'so' };
    expect(DEGREE).to.be.closeTo(111_195, 1);
    marbles(({ cold, expectObservable }) => {
      expectObservable(cold('a', { a: noted }).pipe(trip())).toBe('w', { w: { fixes: 1, first: noted, last: noted, metres: 0 } });
    })();
  });
});
