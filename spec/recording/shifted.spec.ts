import { expect } from 'chai';
import fc from 'fast-check';
import { lastValueFrom, map, toArray } from 'rxjs';
import type { Fix } from '../../src/domain/fix.js';
import type { FixBatch } from '../../src/domain/FixBatch.js';
import { latestInBatches } from '../../src/live/latestInBatches.js';
import { batchOf } from '../../src/recording/batchOf.js';
import { fixesOf } from '../../src/recording/fixesOf.js';
import type { Recording } from '../../src/recording/Recording.js';
import { shifted } from '../../src/recording/shifted.js';
import { fromAsync } from '../../src/rx/fromAsync.js';
import { batchesOf } from '../support/batchesOf.js';
import { CountedSource } from '../support/CountedSource.js';
import { failureOf } from '../support/failureOf.js';
import { fix } from '../support/fix.js';

const inBatches = (...batches: readonly (readonly Fix[])[]) => batchesOf(new CountedSource(batches));
const stream = fc.array(
  fc
    .record({
      device: fc.constantFrom('a', '7'),
      event: fc.nat({ max: 5e6 }),
      arrival: fc.nat({ max: 5e6 }),
      latitude: fc.constantFrom('1', '2'),
      speed: fc.constantFrom('', '3'),
      extra: fc.array(fc.string(), { maxLength: 2 }),
    })
    .map(({ device, ...given }) => fix(device, given)),
  { maxLength: 30 },
);

const recordingOf = (batches: AsyncIterable<FixBatch>): Pick<Recording, 'batches' | 'span' | 'first'> => ({
  batches,
  span: undefined,
  first: () => Promise.resolve(undefined),
});
const shiftedBatches = (batches: AsyncIterable<FixBatch>, seconds: number) => shifted(recordingOf(batches), seconds).batches;

describe('shifted', () => {
  it('should shift both times of every fix, and nothing else, and keep the batches', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stream, { maxLength: 4 }), fc.integer({ min: -1e9, max: 1e9 }), async (batches, seconds) => {
        const seen: Fix[][] = [];
        for await (const batch of shiftedBatches(inBatches(...batches), seconds)) seen.push(fixesOf(batch));
        const expected = batches.map((batch) =>
          batch.map((fix) => ({ ...fix, arrival: fix.arrival + seconds * 1e6, event: fix.event + seconds * 1e6 })),
        );
        expect(seen).to.deep.equal(expected);
      }),
    );
  });

  it('should shift when it begins and ends, and where its first fix is, and leave its counts to what it is of', async () => {
    let rows = 1;
    const recording = {
      batches: inBatches(),
      span: { first: 5, last: 7 },
      first: () => Promise.resolve(5),
      get rows() {
        return rows;
      },
    };
    const later = shifted(recording, 2);
    expect(later.span).to.deep.equal({ first: 2_000_005, last: 2_000_007 });
    expect(await later.first()).to.equal(2_000_005);
    const stream = shifted(recordingOf(inBatches()), -3);
    expect([stream.span, await stream.first()]).to.deep.equal([undefined, undefined]);
    rows = 2;
    expect(later.rows).to.equal(2);
  });

  it('should change no verdict', async () => {
    const verdicts = (batches: AsyncIterable<FixBatch>) =>
      lastValueFrom(
        fromAsync(batches).pipe(
          latestInBatches(),
          map(({ batch: { first, end }, verdict }) => [...verdict.slice(first, end)]),
          toArray(),
        ),
      );
    await fc.assert(
      fc.asyncProperty(stream, fc.integer({ min: -1e9, max: 1e9 }), async (fixes, seconds) => {
        expect(await verdicts(shiftedBatches(inBatches(fixes), seconds))).to.deep.equal(await verdicts(inBatches(fixes)));
      }),
    );
  });

  it('should ask for a batch only when it is asked for one, and let go of them when it is ended', async () => {
    const seen: string[] = [];
    async function* source() {
      try {
        for (let i = 0; ; i++) {
          seen.push(String(i));
          yield await Promise.resolve(batchOf([fix('a', { event: i })]));
        }
      } finally {
        seen.push('ended');
      }
    }
    const batches = shiftedBatches(source(), 1)[Symbol.asyncIterator]();
    expect(seen).to.deep.equal([]);
    await batches.next();
    await batches.next();
    await batches.return?.();
    expect(seen).to.deep.equal(['0', '1', 'ended']);
  });

  it('should refuse to shift a time to where there are none, and say which', async () => {
    const batches = shiftedBatches(inBatches([fix('a\u001b', { event: 8_999_999_999_999_999, arrival: 0 })]), 9_000_000)[
      Symbol.asyncIterator
    ]();
    const { message } = await failureOf(batches.next());
    expect(message).to.equal(
      'cannot shift the event time 2255-03-14T15:59:59.999999Z of device "a\\u001b" by 9000000 s: it would leave the years 1685 to 2255; choose another time with --rebase',
    );
  });
});
