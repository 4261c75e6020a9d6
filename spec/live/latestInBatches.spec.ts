import { expect } from 'chai';
import fc from 'fast-check';
import { from, map, mergeMap, type Observable } from 'rxjs';
import { DeviceIds } from '../../src/domain/DeviceIds.js';
import type { FixBatch, Judged } from '../../src/domain/FixBatch.js';
import type { Fix } from '../../src/domain/fix.js';
import { VERDICTS, type Update } from '../../src/domain/latest.js';
import { latest } from '../../src/live/latest.js';
import { latestInBatches } from '../../src/live/latestInBatches.js';
import { batchOf } from '../../src/recording/batchOf.js';
import { arbitraryFixes, instants } from '../support/arbitraryFixes.js';
import { spoil } from '../support/batchesOf.js';
import { cutInto } from '../support/cutInto.js';
import { fix } from '../support/fix.js';
import { marbles } from '../support/marbles.js';

const a = fix('a', { event: 1 });
const A = fix('a', { event: 2 });
const x = fix('a', { event: 2, arrival: 9 });
const y = fix('a', { event: 2, latitude: '0' });
const b = fix('b', { event: 1 });

/** The first letters of the verdicts of a batch, `x` for a conflict. */
const letters = map(({ batch: { first, end }, verdict }: Judged) =>
  Array.from(verdict.subarray(first, end), (code) => 'cldx'[code]).join(''),
);

/** What was found of each fix, and how many devices there are then. */
type Verdicts = readonly [verdict: string, held: number, devices?: number][];

/** By `latest`, fix by fix. */
function slowly(fixes: readonly Fix[]): Verdicts {
  const found: [string, number, number][] = [];
  from(fixes).pipe(latest()).subscribe(({ verdict, held, latest }: Update) => found.push([verdict, held?.event ?? -Infinity, latest.size]));
  return found;
}

/** In batches of so many fixes, each in parts of so many, and spoilt when it has been judged; devices are told at the end of each part. */
function inBatches(fixes: readonly Fix[], sizes: readonly number[], parts: readonly number[] = [Infinity]): Verdicts {
  const found: [string, number, number?][] = [];
  const devices = new DeviceIds();
  const partsOf = (batch: FixBatch) =>
    cutInto(
      Array.from({ length: batch.end }, (_, row) => row),
      parts,
    ).map((rows) => batch.part(rows[0]!, rows.at(-1)! + 1));
  let before: FixBatch | undefined;
  const source: Observable<FixBatch> = from(cutInto(fixes, sizes)).pipe(
    map((piece) => {
      if (before) spoil(before);
      return (before = batchOf(piece, devices));
    }),
    mergeMap(partsOf),
  );
  source.pipe(latestInBatches()).subscribe(({ batch: { first, end }, verdict, held, devices }) => {
    for (let row = first; row < end; row++)
      found.push([VERDICTS[verdict[row]!]!, held[row]!, ...((row === end - 1 ? [devices] : []) as [number?])]);
  });
  return found;
}

function expectSame(fixes: readonly Fix[], sizes: readonly number[], parts?: readonly number[]): void {
  const expected = slowly(fixes);
  const found = inBatches(fixes, sizes, parts);
  expect(found.map(([verdict, held]) => [verdict, held])).to.deep.equal(expected.map(([verdict, held]) => [verdict, held]));
  found.forEach(([, , devices], i) => { if (devices !== undefined) expect(devices).to.equal(expected[i]![2]); });
}

/** Numbers that look as if they were drawn, the same each time. */
const drawn = (i: number, below: number) => Math.floor((Math.abs(Math.sin(i * 12.9898) * 43758.5453) % 1) * below);

describe('latestInBatches', () => {
  it('should say of each row whether it changed what is known of its device', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const devices = new DeviceIds();
    const values = { i: batchOf([a, b], devices), n: batchOf([], devices), j: batchOf([A, a, x, y], devices) };
    const source = cold(' i-nj-| ', values);
    const subs =        ' ^----! ';
    const expected =    ' p-oq-| ';
    expectObservable(source.pipe(latestInBatches(), letters)).toBe(expected, { p: 'cc', o: '', q: 'cldx' });
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should judge the rows of a part alone', marbles(({ cold, expectObservable }) => {
    const whole = batchOf([a, A, a, b]);
    const source = cold(' ij| ', { i: whole.part(1, 3), j: whole.part(3, 4) });
    const expected =    ' pq| ';
    expectObservable(source.pipe(latestInBatches(), letters)).toBe(expected, { p: 'cl', q: 'c' });
  }));

  it('should emit nothing while its source does not', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold<FixBatch>(' - ');
    const subs =                  ' ^ ';
    const expected =              ' - ';
    expectObservable(source.pipe(latestInBatches())).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should complete with an empty source', marbles(({ cold, expectObservable }) => {
    expectObservable(cold<FixBatch>('--|').pipe(latestInBatches())).toBe('--|');
  }));

  it('should pass on an error', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' -i-# ', { i: batchOf([a]) });
    const subs =        ' ^--! ';
    const expected =    ' -c-# ';
    expectObservable(source.pipe(latestInBatches(), letters)).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should let go of its source when unsubscribed from', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' -i-i- ', { i: batchOf([a]) });
    const subs =        ' ^-!   ';
    const unsub =       ' --!   ';
    const expected =    ' -c-   ';
    expectObservable(source.pipe(latestInBatches(), letters), unsub).toBe(expected);
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should know nothing of what another subscriber was told', marbles(({ hot, expectObservable }) => {
    const devices = new DeviceIds();
    const source = hot(' -i-j-i-| ', { i: batchOf([A], devices), j: batchOf([a], devices) });
    const judged = source.pipe(latestInBatches(), letters);
    expectObservable(judged, '^  ').toBe(' -c-l-d-| ');
    expectObservable(judged, '--^').toBe(' ---c-c-| ');
  }));

  it(
    'should refuse a batch that numbers its devices otherwise than the one before',
    marbles(({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold(' i-j-| ', { i: batchOf([a]), j: batchOf([a]) });
      const subs = ' ^-!   ';
      const expected = ' c-#   ';
      expectObservable(source.pipe(latestInBatches(), letters)).toBe(
        expected,
        undefined,
        new RangeError('all batches of a stream must have the same devices'),
      );
      expectSubscriptions(source.subscriptions).toBe(subs);
    }),
  );

  it('should tell a duplicate from a conflict by the numbers, however long they are written, and by no extra column', () => {
    const speeds = ['', '0', '-0', '0.0', '1', '1.0', '1e0', '10', `1.${'0'.repeat(61)}`, `1.${'0'.repeat(60)}1`];
    const notes = ['', 'x', 'y'.repeat(200_000), '"', 'a,b'];
    const all = speeds.flatMap((speed) => speeds.map((other) => [speed, other] as const));
    const fixes = all.flatMap(([speed, other], i) =>
      [speed, other, speed].map((written, j) =>
        fix('ab'[i % 2]!, { event: 10 * i + (j === 2 ? 1 : 0), speed: written, extra: [notes[(i + j) % notes.length]!, 'z'] }),
      ),
    );
    for (const size of [1, 2, 7, 8192]) expectSame(fixes, [size]);
    const groups = [1, 3, 5]; // unknown alone, the three zeros, and the five ones, of which one is too exact for a double; 10 alone
    expect(slowly(fixes).filter(([verdict]) => verdict === 'duplicate')).to.have.length(groups.reduce((sum, n) => sum + n * n, 1));
  });

  it('should find the same as `latest` of 20,000 fixes of 700 devices, in batches of any size', () => {
    const fixes = Array.from({ length: 20_000 }, (_, i) =>
      fix(`device ${drawn(i, 700)}`, {
        event: drawn(i + 1e6, 60),
        arrival: i,
        latitude: String(drawn(i + 2e6, 2)),
        speed: '1'.repeat(drawn(i + 3e6, 90)),
      }),
    );
    for (const size of [7, 1000, 8192]) expectSame(fixes, [size], [size, 3000, 1]);
  });

  it('should find the same as `latest` fix by fix of any stream, however it is cut into batches and parts of them', () => {
    const sizes = fc.array(fc.constantFrom(1, 2, 7, 8192), { minLength: 1, maxLength: 3 });
    const times = fc.oneof(fc.constantFrom(0, 1, 2, 3), instants);
    const twice = arbitraryFixes({ times, maxLength: 12 }).chain((fixes) =>
      fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { maxLength: 40 }).map((picks) =>
        fixes.length === 0
          ? []
          : picks.map(([i, j, same]): Fix => {
              const [one, other] = [fixes[i % fixes.length]!, fixes[j % fixes.length]!];
              return same ? one : { ...one, device: other.device, event: other.event };
            }),
      ),
    );
    fc.assert(fc.property(twice, sizes, sizes, (fixes, sizes, parts) => { expectSame(fixes, sizes, parts); }), { numRuns: 500 });
  });
});
