import { parse } from 'csv-parse/sync';
import type { Appended, Cursor, LateFix } from '../../src/domain/Appended.js';
import { binsOf } from '../../src/domain/binsOf.js';
import type { Fix } from '../../src/domain/fix.js';
import type { Histogram, HistogramSpan } from '../../src/domain/Histogram.js';
import {
  InvalidCursor,
  type Answer,
  type Extent,
  type FixesOptions,
  type FixesPage,
  type Fleet,
  type Moment,
  type Past,
  type Span,
  type TrackOptions,
  type TrackPage,
} from '../../src/domain/Past.js';
import { spanWithin } from '../../src/domain/spanWithin.js';
import { fleet, recorded, slowAnswer, slowAnswers, slowTrack, type Recorded } from './bruteForce.js';
import { oracle } from './oracle.js';

const MAX_ROWS = 3;

/** A past that holds fixes in memory and answers by filtering and sorting all of them. */
export class MemoryPast implements Past {
  #recorded: Recorded = { fixes: [], end: undefined, extra: [] };
  /** Those that are no changes, and why. */
  #late = new Map<Fix, LateFix>();
  #run = 0;

  /** Holds what a recording has up to a moment: more of the one before, or another. */
  play(recording: string, until: number, isMore: boolean): void {
    if (!isMore) this.#run++;
    const all = recorded(recording);
    const fixes = all.fixes.filter(({ arrival }) => arrival <= until);
    const [, ...reasons] = parse(oracle(recording).late, { relax_column_count: true });
    const held = new Map<string, number>();
    this.#late.clear();
    for (const fix of fixes) {
      if (fix.event > (held.get(fix.device) ?? -Infinity)) held.set(fix.device, fix.event);
      else {
        const [reason = '', latestEventTime = ''] = reasons[this.#late.size]!.slice(-2);
        this.#late.set(fix, { fix, extra: all.extra, reason, latestEventTime });
      }
    }
    this.#recorded = { ...all, fixes, end: fixes.at(-1)?.arrival };
  }

  async newest(device: string, moment: Moment = {}, signal?: AbortSignal): Promise<Answer> {
    return this.#answered(signal, () => slowAnswer(this.#recorded, device, moment));
  }

  async newestOfAll(moment: Moment = {}, { only, signal }: Parameters<Past['newestOfAll']>[1] = {}): Promise<Fleet> {
    return this.#answered(signal, () => {
      const { end } = this.#recorded;
      const answers = slowAnswers(this.#recorded, moment).filter(({ fix }) => only === undefined || fix.device === only);
      const asked = moment.at ?? (end === undefined ? undefined : Math.min(end, moment.knownAt ?? Infinity));
      return { asked, fixes: answers, cursor: this.#cursor };
    });
  }

  async devices(signal?: AbortSignal): Promise<Set<string>> {
    return this.#answered(signal, () => new Set(fleet(this.#recorded)));
  }

  async first(device: string, signal?: AbortSignal): ReturnType<Past['first']> {
    return this.#answered(signal, () => {
      const own = this.#recorded.fixes.filter((fix) => fix.device === device);
      if (own.length === 0) return undefined;
      return { arrival: Math.min(...own.map(({ arrival }) => arrival)), event: Math.min(...own.map(({ event }) => event)) };
    });
  }

  async *track(
    device: string,
    span: Span,
    { after, limit = 1024, copies, signal }: TrackOptions = {},
  ): AsyncGenerator<TrackPage, void, undefined> {
    const { place, state, fixes: there } = this.#pageStart(after);
    const { extra } = this.#recorded;
    const then = { ...this.#recorded, fixes: there };
    const all = await this.#answered(signal, () => slowTrack(then, device, { ...span, copies: true }));
    const listed = copies ? all : slowTrack(then, device, span);
    for (let from = place; from === place || from < listed.length; from += limit) {
      const fixes = listed.slice(from, from + limit);
      const end = from + limit < listed.length ? all.indexOf(listed[from + limit]!) : all.length;
      const covered = end - (from === 0 ? 0 : all.indexOf(listed[from]!));
      const next = from + limit < listed.length ? `${from + limit}~${state}` : undefined;
      yield { fixes, extra, copies: covered - fixes.length, next, cursor: state };
    }
  }

  async fixes({ by, from, to, knownAt }: Span, { after, limit = 1024, signal }: FixesOptions = {}): Promise<FixesPage> {
    const { place, state, fixes } = this.#pageStart(after);
    return this.#answered(signal, () => {
      const { extra } = this.#recorded;
      const other = by === 'event' ? 'arrival' : 'event';
      const within = fixes
        .filter((fix) => fix[by] >= from && fix[by] <= to && fix.arrival <= knownAt)
        .sort((a, b) => a[by] - b[by] || a[other] - b[other]);
      const end = place + limit;
      const page = within.slice(place, end);
      return {
        changes: page.filter((fix) => !this.#late.has(fix)).map((fix) => ({ fix, extra })),
        late: page.flatMap((fix) => this.#late.get(fix) ?? []),
        next: end < within.length ? `${end}~${state}` : undefined,
        cursor: state,
      };
    });
  }

  async extent(signal?: AbortSignal): Promise<Extent> {
    return this.#answered(signal, () => {
      const { fixes, end } = this.#recorded;
      const changes = fixes.length - this.#late.size;
      const many = (kind: string) => [...this.#late.values()].filter(({ reason }) => reason === kind).length;
      const verdicts = { change: changes, late: many('late'), duplicate: many('duplicate'), conflict: many('conflict') };
      return { start: fixes[0]?.arrival, end, finalUntil: undefined, rows: fixes.length, changes, verdicts, cursor: this.#cursor };
    });
  }

  async histogram(span: HistogramSpan, bins: number, signal?: AbortSignal): Promise<Histogram> {
    return this.#answered(signal, () => {
      const { fixes } = this.#recorded;
      const times = fixes.map((fix) => fix[span.by]).sort((a, b) => a - b);
      const { from, step, count } = binsOf(spanWithin(span, times[0], times.at(-1)), bins);
      const inBins = (kind: string) =>
        Array.from({ length: count }, (_, i) => {
          const isIn = (fix: Fix) => fix[span.by] >= from + i * step && fix[span.by] < from + (i + 1) * step;
          return fixes.filter((fix) => isIn(fix) && (this.#late.get(fix)?.reason ?? 'change') === kind).length;
        });
      const kinds = { changes: inBins('change'), late: inBins('late'), duplicates: inBins('duplicate'), conflicts: inBins('conflict') };
      return { by: span.by, from, step, ...kinds, cursor: this.#cursor };
    });
  }

  appendedAfter(cursor: Cursor, upTo = this.#cursor): Promise<Appended | undefined> {
    const [from = 0, run] = cursor.split('.').map(Number);
    if (run !== this.#run)
      return Promise.resolve({ type: 'reset', from: cursor, to: `0.${this.#run}`, changes: [], late: [], isFull: true });
    const { fixes, extra } = this.#recorded;
    const rows = fixes.slice(from, Math.min(from + MAX_ROWS, Number(upTo.split('.')[0])));
    if (rows.length === 0) return Promise.resolve(undefined);
    const changes = rows.filter((fix) => !this.#late.has(fix)).map((fix) => ({ fix, extra }));
    const late = rows.flatMap((fix) => this.#late.get(fix) ?? []);
    return Promise.resolve({
      type: 'rows',
      from: cursor,
      to: `${from + rows.length}.${this.#run}`,
      changes,
      late,
      isFull: rows.length === MAX_ROWS,
    });
  }

  isCursor(text: string): boolean {
    return /^\d+\.\d+$/.test(text);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** Where a page begins, and what there was in the state of the first. */
  #pageStart(after = `0~${this.#cursor}`) {
    const [place, state = ''] = after.split('~');
    if (!/^\d+~\d+\.\d+$/.test(after) || !state.endsWith(`.${this.#run}`)) throw new InvalidCursor(after);
    return { place: Number(place), state, fixes: this.#recorded.fixes.slice(0, Number(state.split('.')[0])) };
  }

  get #cursor(): Cursor {
    return `${this.#recorded.fixes.length}.${this.#run}`;
  }

  async #answered<T>(signal: AbortSignal | undefined, answer: () => T): Promise<T> {
    signal?.throwIfAborted();
    return Promise.resolve(answer());
  }
}
