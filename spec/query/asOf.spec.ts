import { expect } from 'chai';
import fc from 'fast-check';
import { from } from 'rxjs';
import type { Fix } from '../../src/domain/fix.js';
import { asOf, type Answer } from '../../src/query/asOf.js';
import { fix } from '../support/fix.js';
import { marbles } from '../support/marbles.js';

const fixes = {
  a: fix('a', { arrival: 10, event: 8 }),
  b: fix('b', { arrival: 20, event: 19 }),
  c: fix('a', { arrival: 30, event: 29 }),
  d: fix('a', { arrival: 30, event: 27 }),
  e: fix('a', { arrival: 40, event: 38 }),
};

const answer = (fix: Fix, asked: number): Answer => ({ known: 'fix', fix, asked, age: asked - fix.event });

/** By filtering and looping over all of a history, for as many questions as one likes. */
function slowAnswer(device: string, at: number | undefined, history: readonly Fix[]): Answer {
  const reached = history.map((_, i) => Math.max(...history.slice(0, i + 1).map(({ arrival }) => arrival)));
  const own = history.map((fix, i) => ({ fix, came: reached[i]! })).filter(({ fix }) => fix.device === device);
  const first = own[0];
  if (!first) return { known: 'nothing', devices: new Set(history.map(({ device }) => device)) };
  const asked = at ?? reached.at(-1)!;
  let best: Fix | undefined;
  for (const { fix, came } of own) if (came <= asked && !(best && best.event >= fix.event)) best = fix;
  return best ? answer(best, asked) : { known: 'only later', asked, first: first.came };
}

/** Sorted by arrival, as recordings are, or not, as streams may be. */
const histories = fc
  .tuple(
    fc.array(
      fc.record({
        device: fc.constantFrom('a', 'b', '7', '007'),
        arrival: fc.nat(12),
        event: fc.nat(12),
        speed: fc.constantFrom('1', '2'),
      }),
      { maxLength: 30 },
    ),
    fc.boolean(),
  )
  .map(([given, sorted]) =>
    (sorted ? given.sort((one, other) => one.arrival - other.arrival) : given).map(({ device, ...times }) => fix(device, times)),
  );

describe('asOf', () => {
  it('should answer with the latest of all when no moment is given', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' abcde-|   ', fixes);
    const subs =        ' ^-----!   ';
    const expected =    ' ------(x|)';
    expectObservable(source.pipe(asOf('a'))).toBe(expected, { x: answer(fixes.e, 40) });
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should measure the age at the end of the stream, whoever arrived last', marbles(({ cold, expectObservable }) => {
    const source = cold(' ab|   ', fixes);
    const expected =    ' --(x|)';
    expectObservable(source.pipe(asOf('a'))).toBe(expected, { x: { known: 'fix', fix: fixes.a, asked: 20, age: 12 } });
  }));

  it('should answer as soon as something later is seen', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' a-b-c-d-e ', fixes);
    const subs =        ' ^---!     ';
    const expected =    ' ----(x|)  ';
    expectObservable(source.pipe(asOf('a', 25))).toBe(expected, { x: answer(fixes.a, 25) });
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should count all that arrived at the very moment', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' a-b-c-d-e   ', fixes);
    const subs =        ' ^-------!   ';
    const expected =    ' --------(x|)';
    expectObservable(source.pipe(asOf('a', 30))).toBe(expected, { x: answer(fixes.c, 30) });
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should not count what arrived a microsecond after the moment', marbles(({ cold, expectObservable }) => {
    const source = cold(' a-b-c    ', fixes);
    const expected =    ' ----(x|) ';
    expectObservable(source.pipe(asOf('a', 29))).toBe(expected, { x: answer(fixes.a, 29) });
  }));

  it('should answer at the end of a stream that ends before the moment', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' ab---|   ', fixes);
    const subs =        ' ^----!   ';
    const expected =    ' -----(x|)';
    expectObservable(source.pipe(asOf('b', 1000))).toBe(expected, { x: answer(fixes.b, 1000) });
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it(
    'should say of a device that came later when it first did, and read no further',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold(' a-b-c    ', fixes);
      const subs = ' ^-!      ';
      const expected = ' --(x|)   ';
      expectObservable(source.pipe(asOf('b', 5))).toBe(expected, { x: { known: 'only later', asked: 5, first: 20 } });
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it('should read all to say that a device is unknown, and which are not', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' a-b-c-|   ', fixes);
    const subs =        ' ^-----!   ';
    const expected =    ' ------(x|)';
    expectObservable(source.pipe(asOf('nobody', 5))).toBe(expected, { x: { known: 'nothing', devices: new Set(['a', 'b']) } });
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should know nothing from an empty stream', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold<Fix>(' --|    ');
    const subs =             ' ^-!    ';
    const expected =         ' --(x|) ';
    expectObservable(source.pipe(asOf('a', 5))).toBe(expected, { x: { known: 'nothing', devices: new Set() } });
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should not answer while its source is silent', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold<Fix>(' a- ', fixes);
    const subs =             ' ^- ';
    const expected =         ' -- ';
    expectObservable(source.pipe(asOf('a', 25))).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should answer from several at once', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' -(abcde) ', fixes);
    const subs =        ' ^!       ';
    const expected =    ' -(x|)    ';
    expectObservable(source.pipe(asOf('a', 35))).toBe(expected, { x: answer(fixes.c, 35) });
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should pass on an error, without an answer', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' ab-# ', fixes);
    const subs =        ' ^--! ';
    const expected =    ' ---# ';
    expectObservable(source.pipe(asOf('a'))).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should let go of its source when unsubscribed from', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' ab-c-e- ', fixes);
    const subs =        ' ^--!    ';
    const unsub =       ' ---!    ';
    const expected =    ' ---     ';
    expectObservable(source.pipe(asOf('a')), unsub).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should answer each subscriber from what that one saw', marbles(({ hot, expectObservable, expectSubscriptions }) => {
    const source = hot(' -a-b-e-|   ', fixes);
    const first =      ' ^          ';
    const firstSub =   ' ^----!     ';
    const expected1 =  ' -----(x|)  ';
    const second =     ' --^        ';
    const secondSub =  ' --^--!     ';
    const expected2 =  ' -----(y|)  ';
    const asked = source.pipe(asOf('a', 25));
    expectObservable(asked, first).toBe(expected1, { x: answer(fixes.a, 25) });
    expectObservable(asked, second).toBe(expected2, { y: { known: 'only later', asked: 25, first: 40 } });
    expectSubscriptions(source.subscriptions).toBe([firstSub, secondSub]);
  }));

  it('should list for each subscriber the devices that one saw', marbles(({ hot, expectObservable }) => {
    const source = hot(' -a-b--|   ', fixes);
    const first =      ' ^         ';
    const expected1 =  ' ------(x|)';
    const second =     ' --^       ';
    const expected2 =  ' ------(y|)';
    const asked = source.pipe(asOf('nobody'));
    expectObservable(asked, first).toBe(expected1, { x: { known: 'nothing', devices: new Set(['a', 'b']) } });
    expectObservable(asked, second).toBe(expected2, { y: { known: 'nothing', devices: new Set(['b']) } });
  }));

  it('should answer as a search through all of the history does', () => {
    const devices = fc.constantFrom('a', 'b', '7', '007', 'nobody');
    const moments = fc.option(fc.integer({ min: -1, max: 14 }), { nil: undefined });
    fc.assert(
      fc.property(histories, devices, moments, (history, device, at) => {
        const answers: Answer[] = [];
        from(history).pipe(asOf(device, at)).subscribe((answer) => answers.push(answer));
        expect(answers).to.deep.equal([slowAnswer(device, at, history)]);
      }),
      { numRuns: 500 },
    );
  });
});
