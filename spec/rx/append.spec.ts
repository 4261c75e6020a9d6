import { expect } from 'chai';
import { of, type Observable } from 'rxjs';
import { append, type Sink } from '../../src/rx/append.js';
import { marbles } from '../support/marbles.js';
import { Seen } from '../support/Seen.js';
import { settled } from '../support/settled.js';

/** An Observable where a promise is due, which RxJS takes as well: so that its time is virtual too. */
const promised = (write: Observable<string>) => write as unknown as Promise<string>;

/** A sink that takes for each batch as long as the write named like it. */
const sinkOf = (writes: Readonly<Record<string, Observable<string>>>): Sink<string, string> => ({
  commit: ([name = '']) => promised(writes[name]!),
  end: () => promised(writes['end']!),
});

const batches = { x: ['x'], y: ['y'], z: ['z'] };

describe('append', () => {
  it('should commit each batch, then end the sink', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' x----y-----|        ', batches);
    const subs =        ' ^----------!        ';
    const x = cold(     ' --(X|)              ');
    const y = cold(     '      --(Y|)         ');
    const end = cold(   '            --(E|)   ');
    const xSubs =       ' ^-!                 ';
    const ySubs =       ' -----^-!            ';
    const endSubs =     ' -----------^-!      ';
    const expected =    ' --X----Y-----(E|)   ';
    expectObservable(source.pipe(append(sinkOf({ x, y, end })))).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
    expectSubscriptions(x.subscriptions).toBe(xSubs);
    expectSubscriptions(y.subscriptions).toBe(ySubs);
    expectSubscriptions(end.subscriptions).toBe(endSubs);
  }));

  it('should commit one after the other, also what came at once', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' (xyz|)         ', batches);
    const x = cold(     ' ---(X|)        ');
    const y = cold(     '    -(Y|)       ');
    const z = cold(     '     --(Z|)     ');
    const end = cold(   '       -(E|)    ');
    const xSubs =       ' ^--!           ';
    const ySubs =       ' ---^!          ';
    const zSubs =       ' ----^-!        ';
    const endSubs =     ' ------^!       ';
    const expected =    ' ---XY-Z(E|)    ';
    expectObservable(source.pipe(append(sinkOf({ x, y, z, end })))).toBe(expected);
    expectSubscriptions(x.subscriptions).toBe(xSubs);
    expectSubscriptions(y.subscriptions).toBe(ySubs);
    expectSubscriptions(z.subscriptions).toBe(zSubs);
    expectSubscriptions(end.subscriptions).toBe(endSubs);
  }));

  it('should give the sink as many at once as it takes, and end it when all are committed', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' (xyz|)         ', batches);
    const x = cold(     ' ---(X|)        ');
    const y = cold(     ' -----(Y|)      ');
    const z = cold(     '    ---(Z|)     ');
    const end = cold(   '       -(E|)    ');
    const xSubs =       ' ^--!           ';
    const ySubs =       ' ^----!         ';
    const zSubs =       ' ---^--!        ';
    const endSubs =     ' ------^!       ';
    const expected =    ' ---X-YZ(E|)    ';
    expectObservable(source.pipe(append(sinkOf({ x, y, z, end }), { atOnce: 2 }))).toBe(expected);
    expectSubscriptions(x.subscriptions).toBe(xSubs);
    expectSubscriptions(y.subscriptions).toBe(ySubs);
    expectSubscriptions(z.subscriptions).toBe(zSubs);
    expectSubscriptions(end.subscriptions).toBe(endSubs);
  }));

  it('should neither commit nor end while its source is silent', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold<string[]>(' - ');
    const subs =                  ' ^ ';
    const end = cold(             ' E|');
    const expected =              ' - ';
    expectObservable(source.pipe(append(sinkOf({ end })))).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
    expectSubscriptions(end.subscriptions).toBe([]);
  }));

  it('should end the sink of an empty source', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold<string[]>(' --|        ');
    const subs =                  ' ^-!        ';
    const end = cold(             '   --(E|)   ');
    const expected =              ' ----(E|)   ';
    expectObservable(source.pipe(append(sinkOf({ end })))).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should pass on an error of its source, and not end the sink', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' x-----# ', batches);
    const subs =        ' ^-----! ';
    const x = cold(     ' --(X|)  ');
    const end = cold(   '      E| ');
    const expected =    ' --X---# ';
    expectObservable(source.pipe(append(sinkOf({ x, end })))).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
    expectSubscriptions(end.subscriptions).toBe([]);
  }));

  it(
    'should commit nothing after a commit that failed, and not end the sink',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold(' x-y-z| ', batches);
      const subs = ' ^--!   ';
      const x = cold(' ---#   ');
      const y = cold('    Y|  ');
      const end = cold('    E|  ');
      const expected = ' ---#   ';
      expectObservable(source.pipe(append(sinkOf({ x, y, end })))).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
      expectSubscriptions(y.subscriptions).toBe([]);
      expectSubscriptions(end.subscriptions).toBe([]);
    }),
  );

  it('should pass on an error of ending the sink', marbles(({ cold, expectObservable }) => {
    const source = cold(' x--|  ', batches);
    const x = cold(     ' -(X|) ');
    const end = cold(   '    -# ');
    const expected =    ' -X--# ';
    expectObservable(source.pipe(append(sinkOf({ x, end })))).toBe(expected);
  }));

  it('should pass on what the sink throws', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const error = new Error('a bug');
    const fail = () => {
      throw error;
    };
    const source = cold(' -x-| ', batches);
    const firstSub =    ' ^!   ';
    const expected1 =   ' -#   ';
    const secondSub =   ' ^--! ';
    const expected2 =   ' -X-# ';
    expectObservable(source.pipe(append({ commit: fail, end: fail }))).toBe(expected1, undefined, error);
    expectObservable(source.pipe(append({ commit: () => promised(of('X')), end: fail }))).toBe(expected2, undefined, error);
    expectSubscriptions(source.subscriptions).toBe([firstSub, secondSub]);
  }));

  it(
    'should commit nothing more when unsubscribed from, and not end the sink',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold(' xy-| ', batches);
      const subs = ' ^-!  ';
      const x = cold(' ---X|');
      const y = cold('    Y|');
      const end = cold('    E|');
      const unsub = ' --!  ';
      const expected = ' ---  ';
      expectObservable(source.pipe(append(sinkOf({ x, y, end }))), unsub).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
      expectSubscriptions(y.subscriptions).toBe([]);
      expectSubscriptions(end.subscriptions).toBe([]);
    }),
  );

  it('should commit everything again for a second subscriber', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' x--|        ', batches);
    const x = cold(     ' -(X|)       ');
    const end = cold(   '    -(E|)    ');
    const first =       ' ^           ';
    const firstSub =    ' ^--!        ';
    const firstEnd =    ' ---^!       ';
    const expected1 =   ' -X--(E|)    ';
    const second =      ' --^         ';
    const secondSub =   ' --^--!      ';
    const secondEnd =   ' -----^!     ';
    const expected2 =   ' ---X--(E|)  ';
    const committed = source.pipe(append(sinkOf({ x, end })));
    expectObservable(committed, first).toBe(expected1);
    expectObservable(committed, second).toBe(expected2);
    expectSubscriptions(source.subscriptions).toBe([firstSub, secondSub]);
    expectSubscriptions(end.subscriptions).toBe([firstEnd, secondEnd]);
  }));

  describe('ends', () => {
    it('should leave the sink as it is when there may be more', marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold(' x--|     ', batches);
      const subs =        ' ^--!     ';
      const x = cold(     ' -----(X|)');
      const end = cold(   '      E|  ');
      const expected =    ' -----(X|)';
      expectObservable(source.pipe(append(sinkOf({ x, end }), { ends: () => false }))).toBe(expected);
      expectSubscriptions(source.subscriptions).toBe(subs);
      expectSubscriptions(end.subscriptions).toBe([]);
    }));

    it('should be asked when all is committed, not before', marbles(({ cold, expectObservable, expectSubscriptions, flush }, scheduler) => {
      const source = cold(' x--|         ', batches);
      const x = cold(     ' -----(X|)    ');
      const end = cold(   '      -(E|)   ');
      const endSubs =     ' -----^!      ';
      const expected =    ' -----X(E|)   ';
      const asked: number[] = [];
      const ends = () => asked.push(scheduler.now()) > 0;
      expectObservable(source.pipe(append(sinkOf({ x, end }), { ends }))).toBe(expected);
      expectSubscriptions(end.subscriptions).toBe(endSubs);
      flush();
      expect(asked).to.deep.equal([5]);
    }));

    it('should not be asked after an error, of the source or of the sink', marbles(({ cold, expectObservable }) => {
      const source = cold(' x--#  ', batches);
      const committed =   ' -X-#  ';
      const failed =      ' -#    ';
      const ends = () => expect.fail('it was asked');
      expectObservable(source.pipe(append(sinkOf({ x: cold('-(X|)') }), { ends }))).toBe(committed);
      expectObservable(source.pipe(append(sinkOf({ x: cold('-#') }), { ends }))).toBe(failed);
    }));
  });

  it('should take a sink of promises', async () => {
    const log: string[] = [];
    const sink: Sink<string, string> = {
      async commit(batch) {
        log.push(`begin ${batch.join('')}`);
        await settled();
        log.push(`end ${batch.join('')}`);
        return batch.join('');
      },
      end: () => Promise.resolve('ended'),
    };
    const seen = new Seen(of(['a', 'b'], ['c']).pipe(append(sink)));
    while (!seen.completed && seen.error === undefined) await settled();
    expect(seen.values).to.deep.equal(['ab', 'c', 'ended']);
    expect(log).to.deep.equal(['begin ab', 'end ab', 'begin c', 'end c']);
  });
});
