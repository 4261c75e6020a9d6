import { parse } from 'csv-parse/sync';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Appended, Cursor } from '../../src/domain/Appended.js';
import type { Fix } from '../../src/domain/fix.js';
import { formatInstant } from '../../src/domain/instant.js';
import { InvalidCursor, type FixesPage, type Past, type TrackOptions, type TrackPage } from '../../src/domain/Past.js';
import { arbitraryRecording } from './arbitraryRecording.js';
import {
  deviceOf,
  fleet,
  judgedKinds,
  momentOf,
  recorded,
  slowAnswer,
  slowAnswers,
  slowTrack,
  stretchOf,
  type Recorded,
  type Stretch,
} from './bruteForce.js';
import { failureOf } from './failureOf.js';
import { oracle } from './oracle.js';

/** A past, and what makes it hold a recording up to a moment: more of the one before, or another in its place. */
export interface PlayedPast {
  readonly past: Past;
  readonly play: (recording: string, until: number, isMore: boolean) => unknown;
}

type Clocks = Readonly<Record<'event' | 'arrival', number>>;

const EVER = { from: -Infinity, to: Infinity, knownAt: Infinity };
const clocks = (fixes: readonly Fix[]) => fixes.map(({ event, arrival }) => [event, arrival]);
const sorted = (fixes: readonly Fix[]) => fixes.map((fix) => JSON.stringify(fix)).sort();

/** What holds of every `Past`, judged by a search through the recording that it was made of. */
export function itShouldBeAPast(make: () => PlayedPast): void {
  let past: Past;
  let play: PlayedPast['play'];
  beforeEach(() => ({ past, play } = make()));
  afterEach(() => past.close());

  const until = ({ fixes, extra }: Recorded, moment: number): Recorded => {
    const own = fixes.filter(({ arrival }) => arrival <= moment);
    return { fixes: own, end: own.at(-1)?.arrival, extra };
  };
  /** Plays any recordings, and has each examined. */
  const each = async (runs: number, examine: (all: Recorded, choose: fc.GeneratorValue, recording: string) => Promise<void>) => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecording, fc.gen(), async (recording, choose) => {
        await play(recording, Infinity, false);
        await examine(recorded(recording), choose, recording);
      }),
      { numRuns: runs },
    );
  };
  const pagesOf = async (device: string, span: Parameters<Past['track']>[1], options: TrackOptions) => {
    const pages: TrackPage[] = [];
    for await (const page of past.track(device, span, options)) pages.push(page);
    return pages;
  };
  /** All that is appended after a cursor, part by part. */
  const partsAfter = async (cursor: Cursor, end?: Cursor) => {
    const parts: Appended[] = [];
    for (let at = cursor, next = await past.appendedAfter(at, end); next; next = await past.appendedAfter(at, end)) {
      expect(next.from).to.equal(at);
      parts.push(next);
      at = next.to;
    }
    return parts;
  };
  const fixesIn = (parts: readonly Pick<Appended, 'changes' | 'late'>[]) => parts.flatMap(({ changes, late }) => [...changes, ...late].map(({ fix }) => fix));

  it('should answer about a device, and about all, as a search through the recording does', async () => {
    await each(25, async (all, choose) => {
      for (let i = 0; i < 4; i++) {
        const [device, moment] = [choose(deviceOf, all), choose(momentOf, all)];
        expect(await past.newest(device, moment)).to.deep.equal(slowAnswer(all, device, moment));
        const answers = slowAnswers(all, moment);
        const asked = moment.at ?? (all.end === undefined ? undefined : Math.min(all.end, moment.knownAt ?? Infinity));
        expect(await past.newestOfAll(moment)).to.deep.include({ asked, fixes: answers });
        const only = answers.filter(({ fix }) => fix.device === device);
        expect(await past.newestOfAll(moment, { only: device })).to.deep.include({ asked, fixes: only });
      }
    });
  });

  it('should know its devices, when the first fix of each was taken and arrived, and how far it reaches', async () => {
    await each(15, async (all, _, recording) => {
      expect(await past.devices()).to.deep.equal(new Set(fleet(all)));
      for (const device of ['nobody', ...fleet(all)]) {
        const own = all.fixes.filter((fix) => fix.device === device);
        const first = own.length === 0 ? undefined : { arrival: own[0]!.arrival, event: Math.min(...own.map(({ event }) => event)) };
        expect(await past.first(device)).to.deep.equal(first);
      }
      const changes = parse(oracle(recording).changes).length - 1;
      const start = all.fixes[0]?.arrival;
      const verdicts = { change: 0, late: 0, duplicate: 0, conflict: 0 };
      for (const { kind } of judgedKinds(recording)) verdicts[kind as keyof typeof verdicts]++;
      expect(await past.extent()).to.deep.include({ start, end: all.end, rows: all.fixes.length, changes, verdicts });
    });
  });

  it('should count the fixes of each kind, in each bin of any span, on both clocks, also while it grows', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecording, fc.gen(), async (recording, choose) => {
        const moments = recorded(recording).fixes.map(({ arrival }) => arrival);
        const stops = [...(moments.length > 0 ? [choose(fc.constantFrom<number[]>, ...moments)] : []), Infinity];
        for (const [i, stop] of stops.entries()) {
          await play(recording, stop, i > 0);
          const kinds = judgedKinds(recording).filter(({ arrival }) => arrival <= stop);
          for (const by of ['event', 'arrival'] as const) {
            const times = kinds.map((fix) => fix[by]);
            const ever = { from: -Infinity, to: Infinity };
            const { from, to } = choose(fc.boolean) ? ever : { ...ever, ...choose(stretchOf, recorded(recording)) };
            const most = choose(fc.integer, { min: 2, max: 12 });
            const { step, from: start, changes, late, duplicates, conflicts, ...rest } = await past.histogram({ by, from, to }, most);
            expect(rest).to.deep.equal({ by, cursor: (await past.extent()).cursor });
            const found = { change: changes, late, duplicate: duplicates, conflict: conflicts };
            for (const [kind, counts] of Object.entries(found)) {
              const own = kinds.filter((fix) => fix.kind === kind).map((fix) => fix[by]);
              const isIn = (bin: number) => (time: number) => time >= start + bin * step && time < start + (bin + 1) * step;
              expect(counts).to.deep.equal(changes.map((_, bin) => own.filter(isIn(bin)).length));
              if (from === -Infinity && to === Infinity) expect(counts.reduce((a, b) => a + b, 0)).to.equal(own.length);
            }
            const [first, last] = [from === -Infinity ? Math.min(...times) : from, to === Infinity ? Math.max(...times) : to];
            expect(changes.length).to.be.at.most(most);
            expect(step % 1e6).to.equal(0);
            expect(Math.abs(start % step)).to.equal(0);
            if (first > last || times.length === 0 && !(first <= last)) expect(changes).to.deep.equal([]);
            else {
              expect(first).to.be.within(start, start + step - 1);
              expect(last).to.be.within(start + (changes.length - 1) * step, start + changes.length * step - 1);
            }
          }
        }
      }),
      { numRuns: 12 },
    );
  });

  it('should refuse to count in fewer than two bins', async () => {
    await play(RECORDING, Infinity, false);
    const failure = await failureOf(past.histogram({ by: 'event', from: 0, to: 1 }, 1));
    expect(failure).to.be.instanceOf(RangeError).with.property('message', '1 is not a valid number of bins: give 2 or more');
  });

  it('should give a track in pages of any size, and go on after each of them', async () => {
    await each(20, async (all, choose) => {
      for (const device of ['nobody', ...fleet(all)]) {
        const ever = { by: choose(fc.constantFrom<('event' | 'arrival')[]>, 'event', 'arrival') };
        const { copies, ...bounds }: Stretch = choose(fc.boolean) ? choose(stretchOf, all) : ever;
        const span = { ...EVER, ...bounds };
        const limit = choose(fc.integer, { min: 1, max: 5 });
        const expected = slowTrack(all, device, { ...bounds, ...(copies ? { copies } : {}) });
        const pages = await pagesOf(device, span, { limit, copies });
        const fixes = pages.flatMap(({ fixes }) => fixes);
        expect(clocks(fixes)).to.deep.equal(clocks(expected));
        expect(pages.reduce((sum, page) => sum + page.copies, 0)).to.equal(
          slowTrack(all, device, { ...bounds, copies: true }).length - expected.length,
        );
        expect(pages.map(({ fixes }) => fixes.length)).to.deep.equal(
          Array.from({ length: Math.max(1, Math.ceil(expected.length / limit)) }, (_, i) => Math.min(limit, expected.length - i * limit)),
        );
        for (const [i, { next, extra }] of pages.entries()) {
          expect(extra).to.deep.equal(all.extra);
          expect(next === undefined).to.equal(i === pages.length - 1);
          if (next !== undefined) expect(await pagesOf(device, span, { after: next, limit, copies })).to.deep.equal(pages.slice(i + 1));
        }
        if (copies || span.by === 'arrival') expect(sorted(fixes)).to.deep.equal(sorted(expected));
      }
    });
  });

  it('should give all fixes of a span with what came of them, in pages of any size, and go on after each of them', async () => {
    await each(20, async (all, choose, recording) => {
      const kinds = judgedKinds(recording);
      for (const by of ['event', 'arrival'] as const) {
        const { knownAt = Infinity, ...bounds }: Partial<Stretch> = choose(fc.boolean) ? choose(stretchOf, all) : {};
        const span = { ...EVER, ...bounds, knownAt, by };
        const other = by === 'event' ? 'arrival' : 'event';
        const isIn = (fix: Clocks) => fix[by] >= span.from && fix[by] <= span.to && fix.arrival <= knownAt;
        const inOrder = (a: Clocks, b: Clocks) => a[by] - b[by] || a[other] - b[other];
        const limit = choose(fc.integer, { min: 1, max: 5 });
        const pages: FixesPage[] = [];
        do pages.push(await past.fixes(span, { limit, after: pages.at(-1)?.next }));
        while (pages.at(-1)!.next !== undefined);
        const rows = pages.map(({ changes, late }) => [
          ...changes.map(({ fix }) => ({ fix, kind: 'change' })),
          ...late.map(({ fix, reason }) => ({ fix, kind: reason })),
        ].sort((a, b) => inOrder(a.fix, b.fix)));
        const within = all.fixes.filter(isIn).sort(inOrder);
        expect(rows.slice(0, -1).every(({ length }) => length === limit)).to.equal(true);
        expect(rows.at(-1)!.length).to.be.at.most(limit);
        expect(clocks(rows.flat().map(({ fix }) => fix))).to.deep.equal(clocks(within));
        expect(sorted(rows.flat().map(({ fix }) => fix))).to.deep.equal(sorted(within));
        const told = rows.flat().map(({ fix: { event, arrival }, kind }) => `${event} ${arrival} ${kind}`).sort();
        expect(told).to.deep.equal(kinds.filter(isIn).map(({ event, arrival, kind }) => `${event} ${arrival} ${kind}`).sort());
        for (const { changes, late } of pages) {
          for (const list of [changes, late].map((rows) => rows.map(({ fix }) => fix)))
            expect(clocks(list)).to.deep.equal(clocks(list.toSorted(inOrder)));
          for (const { extra } of [...changes, ...late]) expect(extra).to.deep.equal(all.extra);
        }
      }
    });
  });

  it('should give pages of one state, also while it grows, and say where that ends', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecording, fc.gen(), async (recording, choose) => {
        const all = recorded(recording);
        const stop = choose(fc.constantFrom<number[]>, 0, ...all.fixes.map(({ arrival }) => arrival));
        for (const by of ['event', 'arrival'] as const) {
          await play(recording, stop, false);
          const span = { ...EVER, by };
          const limit = choose(fc.integer, { min: 1, max: 5 });
          const pages = [await past.fixes(span, { limit })];
          const { cursor } = await past.extent();
          await play(recording, Infinity, true);
          while (pages.at(-1)!.next !== undefined) pages.push(await past.fixes(span, { limit, after: pages.at(-1)?.next }));
          expect(sorted(fixesIn(pages))).to.deep.equal(sorted(until(all, stop).fixes));
          expect(new Set(pages.map((page) => page.cursor))).to.deep.equal(new Set([cursor]));
          expect(sorted([...fixesIn(pages), ...fixesIn(await partsAfter(cursor))])).to.deep.equal(sorted(all.fixes));
        }
      }),
      { numRuns: 10 },
    );
  });

  it('should give all pages of a track of one state, also while it grows, and say where that ends', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryCrowd, fc.gen(), async (recording, choose) => {
        const all = recorded(recording);
        const stop = choose(fc.constantFrom<number[]>, ...all.fixes.slice(6).map(({ arrival }) => arrival));
        const then = until(all, stop);
        await play(recording, stop, false);
        const { cursor } = await past.extent();
        const begun = [];
        for (const device of fleet(then)) {
          for (const by of ['event', 'arrival'] as const) {
            const options = { limit: choose(fc.integer, { min: 1, max: 2 }), copies: choose(fc.boolean) };
            const track = past.track(device, { ...EVER, by }, options)[Symbol.asyncIterator]();
            begun.push({ device, by, options, track, first: (await track.next()).value as TrackPage });
          }
        }
        await play(recording, Infinity, true);
        for (const { device, by, options, track, first } of begun) {
          const pages = [first];
          if (choose(fc.boolean)) {
            if (first.next !== undefined) pages.push(...(await pagesOf(device, { ...EVER, by }, { ...options, after: first.next })));
          } else for (let next = await track.next(); !next.done; next = await track.next()) pages.push(next.value);
          await track.return?.();
          const expected = slowTrack(then, device, { by, ...(options.copies ? { copies: true } : {}) });
          expect(clocks(pages.flatMap(({ fixes }) => fixes))).to.deep.equal(clocks(expected));
          expect(new Set(pages.map((page) => page.cursor))).to.deep.equal(new Set([cursor]));
        }
      }),
      { numRuns: 8 },
    );
  });

  it('should refuse to go on with pages when another has taken its place', async () => {
    await play(RECORDING, Infinity, false);
    const { next: after } = await past.fixes({ ...EVER, by: 'event' }, { limit: 1 });
    await play(RECORDING, Infinity, false);
    expect(await failureOf(past.fixes({ ...EVER, by: 'event' }, { after }))).to.be.instanceOf(InvalidCursor);
    const [{ next }] = (await pagesOf('a', { ...EVER, by: 'event' }, { limit: 1 })) as [TrackPage];
    await play(RECORDING, Infinity, false);
    expect(await failureOf(pagesOf('a', { ...EVER, by: 'event' }, { after: next }))).to.be.instanceOf(InvalidCursor);
  });

  it('should refuse what is not a cursor', async () => {
    await play(RECORDING, Infinity, false);
    const failures = [
      await failureOf(pagesOf('a', { ...EVER, by: 'event' }, { after: 'x\n' })),
      await failureOf(past.fixes({ ...EVER, by: 'event' }, { after: 'x\n' })),
    ];
    for (const failure of failures)
      expect(failure).to.be.instanceOf(InvalidCursor).with.property('message', '"x\\n" is not a cursor: give the next of the page before');
    expect(['', 'x', '-'].filter((text) => past.isCursor(text))).to.deep.equal([]);
    expect(past.isCursor((await past.extent()).cursor)).to.equal(true);
  });

  it('should give what is appended after a cursor, up to any later one, each fix once', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryRecording, fc.gen(), async (recording, choose) => {
        const all = recorded(recording);
        const moments = [0, ...all.fixes.map(({ arrival }) => arrival)];
        const chosen = choose(fc.array<number>, fc.constantFrom(...moments), { maxLength: 3 });
        const stops = [...chosen.sort((a, b) => a - b), Infinity];
        const seen: { readonly cursor: Cursor; readonly known: Recorded }[] = [];
        for (const [i, stop] of stops.entries()) {
          await play(recording, stop, i > 0);
          const { cursor, fixes } = await past.newestOfAll();
          expect((await past.extent()).cursor).to.equal(cursor);
          expect(fixes).to.deep.equal(slowAnswers(until(all, stop), {}));
          seen.push({ cursor, known: until(all, stop) });
        }
        for (const [i, from] of seen.entries()) {
          for (const to of seen.slice(i)) {
            const parts = await partsAfter(from.cursor, to.cursor);
            expect(parts.every(({ type }) => type === 'rows')).to.equal(true);
            expect(sorted(fixesIn(parts))).to.deep.equal(sorted(to.known.fixes.slice(from.known.fixes.length)));
            for (const { from: after } of parts.slice(1))
              expect(fixesIn(await partsAfter(after, to.cursor))).to.deep.equal(
                fixesIn(parts.slice(parts.findIndex(({ from }) => from === after))),
              );
          }
        }
        const late = (await partsAfter(seen[0]!.cursor)).flatMap((part) => part.late);
        const rows = parse(oracle(recording).late).slice(1).slice(late.length === 0 ? Infinity : -late.length);
        expect(
          late.map(({ fix, reason, latestEventTime }) => [formatInstant(fix.arrival), fix.device, reason, latestEventTime]),
        ).to.deep.equal(rows.map((row) => [row[0], row[1], ...row.slice(-2)]));
      }),
      { numRuns: 10 },
    );
  });

  it('should say that another has taken its place, and give all of that', async () => {
    await play(RECORDING, Infinity, false);
    const { cursor } = await past.extent();
    expect(await past.appendedAfter(cursor)).to.equal(undefined);
    await play(RECORDING, Infinity, false);
    const [reset, ...parts] = await partsAfter(cursor);
    expect(reset).to.deep.include({ type: 'reset', changes: [], late: [], isFull: true });
    expect(sorted(fixesIn(parts))).to.deep.equal(sorted(recorded(RECORDING).fixes));
    expect(parts.at(-1)!.to).to.equal((await past.extent()).cursor);
  });

  it('should end a question whose signal is aborted, with the reason', async () => {
    await play(RECORDING, Infinity, false);
    const reason = new Error('no longer');
    const signal = AbortSignal.abort(reason);
    const span = { ...EVER, by: 'event' as const };
    const questions = [
      past.newest('a', {}, signal),
      past.newestOfAll({}, { signal }),
      past.devices(signal),
      past.first('a', signal),
      past.fixes(span, { signal }),
      past.extent(signal),
      past.histogram({ by: 'event', from: 0, to: 1 }, 2, signal),
      pagesOf('a', span, { signal }),
    ];
    for (const question of questions) expect(await failureOf(question)).to.equal(reason);
  });
}

const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed\n';

/** Recordings of many fixes of two devices within a few seconds, by either clock in no order. */
const arbitraryCrowd = fc
  .array(fc.tuple(fc.constantFrom('a', 'b'), fc.nat(9), fc.nat(9)), { minLength: 16, maxLength: 24 })
  .map((fixes) => HEADER + fixes.map(([id, event, arrival]) => `${id},1,2,2021-10-23T12:00:0${event}Z,2021-10-23T12:00:1${arrival}Z,3\n`).join(''));

const RECORDING = `${HEADER}a,1,2,2021-10-23T12:00:00Z,2021-10-23T12:00:01Z,3
b,1,2,2021-10-23T12:00:02Z,2021-10-23T12:00:03Z,
a,1,2,2021-10-23T11:59:00Z,2021-10-23T12:00:04Z,
`;
