import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import {
  intoLog,
  logPaths,
  Meter,
  openLog,
  openRecording,
  play,
  shifted,
  type FixBatch,
  type Log,
  type OpenLogOptions,
  type OpenRecordingOptions,
  type PlayOptions,
  type Recording,
} from '../src/index.js';
import { generateRecording } from '../src/generate/generateRecording.js';
import { arbitraryRecording } from './support/arbitraryRecording.js';
import { spoil } from './support/batchesOf.js';
import { HandClock } from './support/HandClock.js';
import { oracle } from './support/oracle.js';
import { playFile } from './support/playFile.js';
import { Seen } from './support/Seen.js';
import { settled } from './support/settled.js';
import { temporaryFolder } from './support/temporaryFolder.js';
import { runs } from './support/runs.js';

interface Playing extends PlayOptions, Pick<OpenLogOptions, 'coalesce'>, Pick<OpenRecordingOptions, 'inOrder'> {
  readonly memory?: number | undefined;
  /** How many rows a batch has at most. */
  readonly size?: number;
  /** By how many seconds all times are shifted. */
  readonly shift?: number;
  /** Read it as chunks of so many bytes, not as a file. */
  readonly chunk?: number | undefined;
}

/** Batches of at most so many rows, amid other rows, each of which is spoilt when the next is asked for; then the rejected rows. */
async function* recut(
  batches: AsyncIterable<FixBatch>,
  size: number,
  { rejected }: Recording,
  log: Log,
): AsyncGenerator<FixBatch, void, undefined> {
  for await (const batch of batches) {
    for (let at = batch.first; at < batch.end; at += size) {
      const [from, to] = [Math.max(batch.first, at - 3), Math.min(batch.end, at + size)];
      const piece = batch
        .part(from, Math.min(batch.end, to + 2))
        .kept()
        .part(at - from, to - from);
      yield piece;
      spoil(piece);
    }
  }
  for await (const rows of rejected.take()) await log.reject(rows);
}

async function* chunksOf(text: string, size: number): AsyncGenerator<Buffer, void, undefined> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

describe('a run in batches', () => {
  const at = temporaryFolder();

  /** Plays a recording in virtual time, and gives the texts of the three files and how many fixes were judged. */
  async function playCut(text: string, { size = 8192, shift = 0, chunk, memory, inOrder = false, coalesce = false, ...options }: Playing) {
    writeFileSync(at('input.csv'), text);
    const input = at('input.csv');
    const clock = new HandClock();
    const meter = new Meter(() => clock.now());
    const recording = await openRecording(chunk === undefined ? input : [{ name: input, chunks: chunksOf(text, chunk) }], {
      inOrder,
      tmp: at('tmp'),
      ...(memory !== undefined && { memory }),
    });
    const log = await openLog(at('cut', 'log.csv'), { input, extra: recording.extra, durable: false, coalesce });
    try {
      const { batches } = shift === 0 ? recording : shifted(recording, shift);
      const seen = new Seen(
        play(recut(batches, size, recording, log), intoLog(log, { syncEvery: Infinity }), {
          rate: Infinity,
          scheduler: clock,
          meter,
          ...options,
        }),
      );
      while (!seen.completed && seen.error === undefined) {
        await settled();
        clock.advance(500);
      }
      expect(seen.error).to.equal(undefined);
    } finally {
      await log.close();
      await recording.close();
    }
    const paths = logPaths(at('cut', 'log.csv'));
    const [changes, late, rejected] = [paths.changes, paths.late, paths.rejected].map((path) => readFileSync(path, 'utf8')) as [
      string,
      string,
      string,
    ];
    return { changes, late, rejected, judged: meter.judged };
  }

  const sizes = fc.constantFrom(1, 2, 7, 8192);
  const memories = fc.constantFrom(0, 1, 100, 1000, undefined);
  const chunks = fc.constantFrom(1, 50, 1000, undefined);

  it('should write what the oracle finds in batches of any size, in tiny memory, in chunks and at any rate, though each batch is spoilt when the next is asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryRecording,
        sizes,
        memories,
        chunks,
        fc.constantFrom(1, 7.3, 1000, Infinity),
        async (text, size, memory, chunk, rate) => {
          const expected = oracle(text);
          const { changes, late, rejected, judged } = await playCut(text, { size, memory, chunk, rate, maxGap: 2000 });
          expect([changes, late]).to.deep.equal([expected.changes, expected.late]);
          expect(
            parse(rejected)
              .slice(1)
              .map(([line, , record]) => [line, record]),
          ).to.deep.equal(expected.rejected);
          expect(judged).to.equal(expected.fixes.length);
        },
      ),
      runs(33),
    );
  });

  it('should write at rate 1, byte for byte, what it writes without waiting: coalesced, shifted and as it is streamed too', async () => {
    const shifts = fc.constantFrom(0, 0, 1, -86_400, 123_456_789);
    await fc.assert(
      fc.asyncProperty(
        arbitraryRecording,
        sizes,
        chunks,
        shifts,
        fc.boolean(),
        fc.boolean(),
        async (text, size, chunk, shift, coalesce, inOrder) => {
          const options = { shift, coalesce, inOrder, maxGap: 2000 };
          const atOnce = await playCut(text, options);
          expect(await playCut(text, { ...options, size, chunk, rate: 1 })).to.deep.equal(atOnce);
        },
      ),
      runs(16),
    );
  });

  it('should write the same from `until` and `from` on, at every rate and in batches of any size', async () => {
    const instants = fc.option(
      fc.nat({ max: 7_000_000 }).map((micros) => Date.UTC(2021, 9, 23, 23, 59, 57) * 1000 + micros),
      { nil: undefined },
    );
    await fc.assert(
      fc.asyncProperty(arbitraryRecording, sizes, instants, instants, async (text, size, from, until) => {
        const atOnce = await playCut(text, { until });
        expect(await playCut(text, { size, from, until, rate: 1, maxGap: 2000 })).to.deep.equal(atOnce);
      }),
      runs(10),
    );
  });

  it('should write of thousands of fixes what it writes of a file, sorted on disk, in batches of any size', async () => {
    const text = [...generateRecording({ devices: 7, duration: 1_800_000, seed: 11 })].join('');
    writeFileSync(at('large.csv'), text);
    for (const coalesce of [false, true]) {
      const { changes, late } = await playFile(at('large.csv'), at('whole', 'log.csv'), { coalesce });
      expect(changes.length + late.length).to.be.greaterThan(500_000);
      for (const [size, memory, rate] of [[7, 50_000, 1000], [1000, 1, Infinity], [8192, 200_000, 1000]] as const) {
        const cut = await playCut(text, { size, memory, rate, coalesce });
        expect([cut.changes === changes, cut.late === late], `batches of ${size}`).to.deep.equal([true, true]);
      }
    }
  });
});
