import { expect } from 'chai';
import fc from 'fast-check';
import { bufferCount, from, map } from 'rxjs';
import type { Findings, SurveyOptions } from '../../src/check/Findings.js';
import { survey } from '../../src/check/survey.js';
import type { Fix } from '../../src/domain/fix.js';
import type { Judged } from '../../src/domain/FixBatch.js';
import type { Verdict } from '../../src/domain/latest.js';
import { DeviceIds } from '../../src/domain/DeviceIds.js';
import { latestInBatches } from '../../src/live/latestInBatches.js';
import { batchOf } from '../../src/recording/batchOf.js';
import type { Figures } from '../../src/report/Distribution.js';
import { fix } from '../support/fix.js';
import { marbles } from '../support/marbles.js';
import { slowTimetable } from '../support/slowTimetable.js';
import { judgedOf } from '../support/judgedOf.js';
import { update } from '../support/update.js';

const ids = new DeviceIds();
const judged = (...given: Parameters<typeof update>) => judgedOf([update(...given)], ids);
const values = { a: judged(fix('a', { event: 1 })), b: judged(fix('b', { event: 2 })), l: judged(fix('a', { event: 3 }), 'late') };
const counts = map(({ all, devices }: Findings) => `${all.verdicts.change} changes and ${all.verdicts.late} late of ${devices.size}`);

/** Seconds and milliseconds, so that there are ties of events, arrivals and milliseconds, and clocks that are ahead. */
const micros = fc.tuple(fc.nat({ max: 20 }), fc.constantFrom(0, 1, 999, 1000, 500_000)).map(([seconds, micros]) => seconds * 1e6 + micros);
const stream = fc
  .array(
    fc.record({ device: fc.constantFrom('a', 'b', '7', '007'), arrival: micros, event: micros, latitude: fc.constantFrom('1', '2') }),
    { maxLength: 50, size: 'max' },
  )
  .map((fixes) => fixes.map(({ device, ...given }) => fix(device, given)));
const inOrder = stream.map((fixes) => fixes.sort((a, b) => a.arrival - b.arrival));

function find(fixes: readonly Fix[], options?: SurveyOptions, batch = 7): Findings {
  const found: Findings[] = [];
  const devices = new DeviceIds();
  from(fixes)
    .pipe(
      bufferCount(batch),
      map((fixes) => batchOf(fixes, devices)),
      latestInBatches(),
      survey(options),
    )
    .subscribe((findings) => found.push(findings));
  expect(found).to.have.length(1);
  return found[0]!;
}

/** What the device of the i-th fix held before it: of those with the newest event time, the first. */
function heldBy(fixes: readonly Fix[], i: number): Fix | undefined {
  const before = fixes.slice(0, i).filter(({ device }) => device === fixes[i]!.device);
  return before.find(({ event }) => event === Math.max(...before.map(({ event }) => event)));
}

function verdictOf(fix: Fix, held: Fix | undefined): Verdict {
  if (!held || fix.event > held.event) return 'change';
  return fix.event < held.event ? 'late' : fix.latitude === held.latitude ? 'duplicate' : 'conflict';
}

/** Figures of a sorted list, to the 0.1 % that a histogram has. */
function expectFigures(figures: Figures | undefined, seconds: readonly number[]): void {
  const sorted = [...seconds].sort((a, b) => a - b);
  expect(figures === undefined).to.equal(sorted.length === 0);
  if (!figures) return;
  expect(figures.max).to.equal(sorted.at(-1));
  expect(figures.mean).to.be.closeTo(sorted.reduce((a, b) => a + b) / sorted.length, 1e-9);
  for (const [name, share] of [['p50', 0.5], ['p95', 0.95], ['p99', 0.99]] as const) {
    const exact = sorted[Math.max(1, Math.round(share * sorted.length)) - 1]!; // by the nearest rank
    expect(figures[name], name).to.be.closeTo(exact, exact * 0.001 + 0.000001);
  }
}

function expectAll(findings: Findings, fixes: readonly Fix[]): void {
  const judged = fixes.map((fix, i) => ({ fix, held: heldBy(fixes, i), verdict: verdictOf(fix, heldBy(fixes, i)) }));
  const count = (verdict: Verdict, of = judged) => of.filter((one) => one.verdict === verdict).length;
  const verdicts = (of = judged) => ({
    change: count('change', of),
    late: count('late', of),
    duplicate: count('duplicate', of),
    conflict: count('conflict', of),
  });
  const expected = (of = judged) => ({
    verdicts: verdicts(of),
    first: Math.min(...of.map(({ fix }) => fix.arrival)),
    last: Math.max(...of.map(({ fix }) => fix.arrival)),
    longest: Math.max(...of.map(({ fix }) => fix.arrival - fix.event)),
  });
  expect(findings.all).to.deep.equal(expected());
  const names = [...new Set(fixes.map(({ device }) => device))];
  expect([...findings.devices]).to.deep.equal(names.map((name) => [name, expected(judged.filter(({ fix }) => fix.device === name))]));
  expect(findings.event).to.deep.equal({
    first: Math.min(...fixes.map(({ event }) => event)),
    last: Math.max(...fixes.map(({ event }) => event)),
  });

  const late = judged
    .filter(({ verdict }) => verdict === 'late')
    .map(({ fix, held }) => ({ fix, held: held!.event, by: held!.event - fix.event }));
  expectFigures(findings.lateBy.figures(), late.map(({ by }) => by / 1e6));
  expect(findings.worstLate).to.deep.equal(late.find(({ by }) => by === Math.max(...late.map(({ by }) => by))));
  const ahead = judged
    .map(({ fix, held }) => ({ fix, held: held?.event ?? -Infinity, by: fix.event - fix.arrival }))
    .filter(({ by }) => by > 0);
  expect(findings.ahead).to.equal(ahead.length);
  expect(findings.farthestAhead).to.deep.equal(ahead.find(({ by }) => by === Math.max(...ahead.map(({ by }) => by))));
  const delays = fixes.map(({ arrival, event }) => (arrival - event) / 1e6);
  expectFigures(findings.delay.figures(), delays.filter((delay) => delay >= 0));
  for (const { from, to, fixes } of findings.delays.ranges)
    expect(fixes).to.equal(delays.filter((delay) => delay >= from && delay < to).length);

  const runs = fixes.reduce<number[][]>((runs, { arrival }) => {
    const millisecond = Math.floor(arrival / 1000);
    return runs.at(-1)?.[0] === millisecond ? [...runs.slice(0, -1), [...runs.at(-1)!, millisecond]] : [...runs, [millisecond]];
  }, []);
  expect(findings.sameMillisecond).to.equal(fixes.length - runs.length);
  expect(findings.mostInMillisecond).to.equal(Math.max(0, ...runs.map(({ length }) => length)));
}

describe('survey', () => {
  it('should tell what it has found when its source completes', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' -a-(bl)-| ', values);
    const subs =        ' ^-------! ';
    const expected =    ' --------(f|) ';
    expectObservable(source.pipe(survey(), counts)).toBe(expected, { f: '2 changes and 1 late of 2' });
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should find nothing in an empty source', marbles(({ cold, expectObservable }) => {
    expectObservable(cold<Judged>(' --| ').pipe(survey(), counts)).toBe(' --(f|) ', { f: '0 changes and 0 late of 0' });
  }));

  it('should wait for a source that does not end', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' -a-b- ', values);
    const subs =        ' ^---! ';
    expectObservable(source.pipe(survey(), counts), subs).toBe(' - ');
    expectSubscriptions(source.subscriptions).toBe(subs);
  }));

  it('should pass on an error, and tell nothing then', marbles(({ cold, expectObservable, expectSubscriptions }) => {
    const source = cold(' -a-# ', values);
    expectObservable(source.pipe(survey(), counts)).toBe(' ---# ');
    expectSubscriptions(source.subscriptions).toBe(' ^--! ');
  }));

  it('should share nothing between two subscribers', marbles(({ hot, expectObservable }) => {
    const source = hot('  -a-b-| ', values).pipe(survey(), counts);
    expectObservable(source).toBe('          -----(f|) ', { f: '2 changes and 0 late of 2' });
    expectObservable(source, ' --^').toBe('  -----(f|) ', { f: '1 changes and 0 late of 1' });
  }));

  it('should find what counting and sorting find, in any stream', () => {
    fc.assert(fc.property(fc.oneof(stream, inOrder), (fixes) => { expectAll(find(fixes), fixes); }), { numRuns: 300 });
  });

  it('should tell how long a recording plays, as the timetable of a replay does', () => {
    const options = fc.record({ rate: fc.constantFrom(1, 60, 0.5, Infinity), maxGap: fc.constantFrom(0, 250, 2000, Infinity) });
    fc.assert(
      fc.property(inOrder, options, (fixes, options) => {
        const due = slowTimetable(0, options, fixes.map(({ arrival }) => arrival));
        expect(find(fixes, options).plays).to.be.closeTo(due.at(-1) ?? 0, 1e-6);
      }),
    );
  });

  it('should bear the longest delay that two times can have', () => {
    const findings = find([fix('a', { event: -(2 ** 53 - 1), arrival: 2 ** 53 - 1 })]);
    expect(findings.delay.figures()!.max).to.equal((2 ** 54 - 2) / 1e6);
  });
});
