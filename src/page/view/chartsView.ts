import { combineLatest, defer, filter, finalize, fromEvent, map, merge, mergeMap, EMPTY, of, Subject, withLatestFrom, type Observable } from 'rxjs';
import uPlot from 'uplot';
import type { Instant } from '../../domain/instant.js';
import { instantOf } from '../model/instantOf.js';
import type { Intent } from '../model/Intent.js';
import { ratesOf } from '../model/ratesOf.js';
import type { Stretch } from '../model/Stretch.js';
import { clockTime, type Zone } from '../model/words.js';
import { element } from './element.js';
import { inks$ } from './inks.js';
import { resized } from './resized.js';
import { SECONDS } from './SECONDS.js';
import { shows } from './shows.js';
import type { View } from './View.js';

const POINTS = 600;
const LABEL = 56; // px, as wide as a time of day

type Columns = [number[], ...number[][]];

/**
 * Three charts over the stretch of time that the slider shows: how many fixes there are each second, how soon they can be read,
 * and how old what is known is. What is pointed at in one is marked in all, and a click goes there.
 */
export const chartsView: View = ({ overview$, ages$, window$, span$, hover$, live$, status$, zone$ }) =>
  defer(() => {
    const own$ = new Subject<Intent>();
    const shown: { window: Stretch; zone: Zone; run: number } = { window: { from: 0, to: 1 }, zone: 'utc', run: 0 };
    const latencies: Columns = [[], [], [], []];
    const options = {
      stretch: () => shown.window,
      time: (seconds: number) => clockTime(Math.round(seconds) * 1e6, shown.zone),
      onPoint: (at: Instant | undefined) => { own$.next({ want: 'hover', at }); },
    };
    const rates = chart('rates', ['changes', 'late'], options);
    const latency = chart('latencies', ['p50', 'p95', 'p99'], options);
    const age = chart('ages', ['fresh', 'ageing', 'old'], options);
    const charts = [rates, latency, age];
    return merge(
      own$,
      shows(combineLatest([window$, zone$]), ([window, zone]) => {
        [shown.window, shown.zone] = [window, zone];
        for (const { plot } of charts) plot.setScale('x', { min: window.from / 1e6, max: window.to / 1e6 });
      }),
      shows(combineLatest([overview$, span$]), ([overview, span]) => {
        const { at, changes, late } = ratesOf(overview, span);
        put(rates, [at, changes, late]);
      }),
      shows(ages$, (ages) => {
        put(age, [ages.map(({ at }) => at / 1e6), ...(['fresh', 'ageing', 'old'] as const).map((name) => ages.map((one) => one[name]))]);
      }),
      shows(live$, ({ run }) => {
        if (run === shown.run) return;
        shown.run = run;
        for (const column of latencies) column.length = 0;
        put(latency, latencies);
      }),
      shows(
        status$.pipe(filter(({ figures, stream_time }) => Boolean(figures?.end_to_end_ms) && stream_time !== null)),
        ({ figures, stream_time }) => {
          const { p50, p95, p99 } = figures!.end_to_end_ms!;
          add(latencies, instantOf(stream_time!) / 1e6, [p50, p95, p99]);
          put(latency, latencies);
        },
      ),
      shows(combineLatest([hover$, window$]), ([at]) => {
        for (const { plot } of charts) plot.setCursor({ left: at === undefined ? -10 : plot.valToPos(at / 1e6, 'x'), top: 0 }, false);
      }),
      ...charts.map(({ plot, place }) =>
        merge(
          fromEvent(place, 'click').pipe(
            withLatestFrom(span$),
            mergeMap(([, { newest }]): Observable<Intent> => {
              const { left } = plot.cursor;
              if (left === undefined || left < 0) return EMPTY;
              const at = Math.round(plot.posToVal(left, 'x') * 1e6);
              return of({ want: 'moment', at: at >= newest ? 'live' : at });
            }),
          ),
          fromEvent(place, 'pointerleave').pipe(map((): Intent => ({ want: 'hover', at: undefined }))),
          shows(resized(place), () => {
            plot.setSize({ width: place.clientWidth, height: place.clientHeight });
          }),
        ),
      ),
      shows(inks$, () => {
        for (const { plot } of charts) plot.redraw(true, true);
      }),
    ).pipe(
      finalize(() => {
        for (const { plot } of charts) plot.destroy();
      }),
    );
  });

/** Shows some values in a chart, or that there are none. */
function put({ plot, place }: ReturnType<typeof chart>, columns: Columns | number[][]): void {
  place.parentElement!.classList.toggle('empty', columns[0].length < 2);
  plot.setData(columns as Columns);
}

/** Adds a point at the end; one of the same moment, or of an earlier one, takes the place of the last. */
function add(columns: Columns, moment: number, values: readonly number[]): void {
  const last = columns[0].at(-1);
  const at = Math.max(moment, last ?? moment);
  if (at === last) for (const column of columns) column.pop();
  [at, ...values].forEach((value, i) => columns[i]!.push(value));
  if (columns[0].length > POINTS) for (const column of columns) column.shift();
}

/** How wide an axis must be for the longest of its values, in px. */
function wide({ ctx }: uPlot, values: readonly string[] | null): number {
  ctx.font = `${12 * devicePixelRatio}px Inter, system-ui, sans-serif`;
  return Math.max(LABEL / 2, ...(values ?? []).map((value) => Math.ceil(ctx.measureText(value).width / devicePixelRatio) + 12));
}

interface ChartOptions {
  /** The stretch of time that is shown, whatever there is in it. */
  readonly stretch: () => Stretch;
  readonly time: (seconds: number) => string;
  readonly onPoint: (at: Instant | undefined) => void;
}

function chart(id: string, names: readonly string[], { stretch, time, onPoint }: ChartOptions) {
  const place = element(id);
  const ink = (name: string) => () => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const axis = {
    stroke: ink('faint'),
    grid: { stroke: ink('grid'), width: 1 },
    ticks: { show: false },
    font: '12px Inter, system-ui, sans-serif',
  };
  const plot = new uPlot(
    {
      width: Math.max(100, place.clientWidth),
      height: Math.max(80, place.clientHeight),
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
      padding: [8, LABEL / 2, 0, 0],
      scales: {
        x: { time: false, range: () => [stretch().from / 1e6, stretch().to / 1e6] },
        y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] },
      },
      axes: [
        { ...axis, space: LABEL + 12, size: 26, incrs: [...SECONDS], values: (_, splits) => splits.map(time) },
        { ...axis, space: 22, size: wide },
      ],
      series: [{}, ...names.map((name) => ({ label: name, stroke: ink(name), width: 1.75, points: { show: false } }))],
      hooks: {
        setCursor: [
          (own) => {
            const { left } = own.cursor;
            if (left !== undefined && left >= 0 && place.matches(':hover')) onPoint(Math.round(own.posToVal(left, 'x') * 1e6));
          },
        ],
      },
    },
    [[], ...names.map(() => [])],
    place,
  );
  return { plot, place };
}
