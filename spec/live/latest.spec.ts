import { expect } from 'chai';
import fc from 'fast-check';
import { from, map } from 'rxjs';
import type { Fix } from '../../src/domain/fix.js';
import type { Update } from '../../src/domain/latest.js';
import { latest } from '../../src/live/latest.js';
import { fix } from '../support/fix.js';
import { marbles } from '../support/marbles.js';

const values = {
  a: fix('a', { event: 1 }),
  A: fix('a', { event: 2 }),
  x: fix('a', { event: 2, arrival: 9 }),
  y: fix('a', { event: 2, latitude: '0' }),
  b: fix('b', { event: 1 }),
};
const verdicts = { c: 'change', l: 'late', d: 'duplicate', x: 'conflict' };
const verdict = map(({ verdict }: Update) => verdict);

const history = fc.array(
  fc.record({ device: fc.constantFrom('a', 'b', '7', '007'), event: fc.integer({ min: 0, max: 6 }), latitude: fc.constantFrom('1', '2') }),
  { maxLength: 40 },
).map((fixes) => fixes.map(({ device, event, latitude }, arrival) => fix(device, { event, arrival, latitude })));

/** By sorting: of a device's fixes the one with the newest event time, of several the one that came first. */
const latestOf = (device: string, fixes: readonly Fix[]): Fix | undefined =>
  fixes.filter((fix) => fix.device === device).sort((one, other) => other.event - one.event || one.arrival - other.arrival)[0];

describe('latest', () => {
  it('should say of each fix whether it changed what is known of its device', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' ab-Aaxy-| ', values);
    const subs =        ' ^-------! ';
    const expected =    ' cc-cldx-| ';
    expectObservable(source.pipe(latest(), verdict)).toBe(expected, verdicts);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should judge several at once one after the other', marbles(({ cold, expectObservable }) => {
    const source = cold(' -(aAabx|) ', values);
    const expected =    ' -(cclcd|) ';
    expectObservable(source.pipe(latest(), verdict)).toBe(expected, verdicts);
  }));

  it('should emit nothing while its source does not', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold<Fix>(' - ');
    const subs =             ' ^ ';
    const expected =         ' - ';
    expectObservable(source.pipe(latest())).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should complete with an empty source', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold<Fix>(' --| ');
    const subs =             ' ^-! ';
    const expected =         ' --| ';
    expectObservable(source.pipe(latest())).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should pass on an error', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' -a-# ', values);
    const subs =        ' ^--! ';
    const expected =    ' -c-# ';
    expectObservable(source.pipe(latest(), verdict)).toBe(expected, verdicts);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should let go of its source when unsubscribed from', marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a-A-x- ', values);
    const subs =       ' ^---!   ';
    const unsub =      ' ----!   ';
    const expected =   ' -c-c-   ';
    expectObservable(source.pipe(latest(), verdict), unsub).toBe(expected, verdicts);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should know nothing of what another subscriber was told', marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -A-a-x-| ', values);
    const first =      ' ^        ';
    const firstSub =   ' ^------! ';
    const expected1 =  ' -c-l-d-| ';
    const second =     ' --^      ';
    const secondSub =  ' --^----! ';
    const expected2 =  ' ---c-c-| ';
    const judged = source.pipe(latest(), verdict);
    expectObservable(judged, first).toBe(expected1, verdicts);
    expectObservable(judged, second).toBe(expected2, verdicts);
    expectSubscriptions(source.subscriptions).toBe([firstSub, secondSub]);
  }));

  it('should hand out the fix, the one held before it, and every device\'s latest after it', () => {
    const seen: unknown[] = [];
    const { a, A, b } = values;
    from([a, b, A, a]).pipe(latest()).subscribe(({ fix, held, latest }) => seen.push([fix, held, [...latest.values()]]));
    expect(seen).to.deep.equal([
      [a, undefined, [a]],
      [b, undefined, [a, b]],
      [A, a, [A, b]],
      [a, A, [A, b]],
    ]);
  });

  it('should keep one map, which is not copied for each fix', () => {
    const maps = new Set<unknown>();
    from([values.a, values.b, values.A]).pipe(latest()).subscribe(({ latest }) => maps.add(latest));
    expect(maps.size).to.equal(1);
  });

  it('should keep, after every fix, what sorting all fixes until then gives', () => {
    fc.assert(
      fc.property(history, (fixes) => {
        let count = 0;
        from(fixes).pipe(latest()).subscribe(({ fix, verdict, held, latest }) => {
          const before = fixes.slice(0, count);
          const until = fixes.slice(0, ++count);
          expect(fix).to.equal(until.at(-1));
          expect(held).to.equal(latestOf(fix.device, before));
          expect(verdict === 'change').to.equal(latestOf(fix.device, until) === fix);
          if (held && verdict === 'late') expect(fix.event).to.be.below(held.event);
          if (held && verdict === 'duplicate') expect(fix).to.include({ event: held.event, latitude: held.latitude });
          if (held && verdict === 'conflict') expect(fix).to.include({ event: held.event }).but.not.include({ latitude: held.latitude });
          const devices = new Set(until.map(({ device }) => device));
          expect(latest).to.deep.equal(new Map([...devices].map((device) => [device, latestOf(device, until)])));
        });
        expect(count).to.equal(fixes.length);
      }),
    );
  });
});
