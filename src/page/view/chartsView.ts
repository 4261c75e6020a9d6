import { combineLatest, defer, finalize, fromEvent, map, merge, mergeMap, EMPTY, of, skip, Subject, withLatestFrom, type Observable } from 'rxjs';
import uPlot from 'uplot';
import type { Instant } from '../../domain/instant.js';
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

const LABEL = 56; // px, as wide as a time of day

type Columns = [number[], ...number[][]];

/**
 * Three charts over the stretch of time that the slider shows: how many fixes there are each second, how soon they can be read,
 * and how old what is known is. What is pointed at in one is marked in all, and a click goes there.
 */
export const chartsView: View = ({ overview$, ages$, window$, span$, latencies$, hover$, status$, zone$ }) =>
  defer(() => {
    const own$ = new Subject<Intent>();
    const shown: { window: Stretch; zone: Zone } = { window: { from: 0, to: 1 }, zone: 'utc' };
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
      shows(status$, ({ figures }) => {
        latency.place.parentElement!.hidden = figures === null; // a finished log has none
      }),
      shows(latencies$, (points) => {
        put(latency, [points.map(({ at }) => at / 1e6), ...(['p50', 'p95', 'p99'] as const).map((name) => points.map((one) => one[name]))]);
      }),
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
      shows(inks$.pipe(skip(1)), () => { // those in force it has; what it is yet to draw, this would undo
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
