import { defer, filter, finalize, merge, throttleTime } from 'rxjs';
import uPlot from 'uplot';
import { freshness } from '../model/freshness.js';
import { Counts } from '../model/Counts.js';
import { instantOf } from '../model/instantOf.js';
import { element } from './element.js';
import { inks$ } from './inks.js';
import { resized } from './resized.js';
import { SECONDS } from './SECONDS.js';
import { shows } from './shows.js';
import type { View } from './View.js';

const REACH = 600; // s of stream time that the rates show
const PARTS = 120;
const POINTS = 600;
const DRAW_EVERY = 500; // ms

const LABEL = 56; // px, as wide as a time of day

type Columns = [number[], ...number[][]];

/** Three charts over stream time: what arrives each second, how soon it can be read, and how old what is known is. */
export const chartsView: View = ({ live$, status$ }) =>
  defer(() => {
    let counts = new Counts();
    let shownRun = 0;
    const latencies: Columns = [[], [], [], []];
    const ages: Columns = [[], [], [], []];
    const charts = [
      chart('rates', ['changes', 'late']),
      chart('latencies', ['p50', 'p95', 'p99']),
      chart('ages', ['fresh', 'ageing', 'old']),
    ] as const;
    return merge(
      shows(live$, ({ at, run, changes, late, vehicles }) => {
        if (run !== shownRun) {
          counts = new Counts();
          for (const column of [...latencies, ...ages]) column.length = 0;
          shownRun = run;
        }
        if (vehicles.size === 0) return; // nothing has arrived yet
        counts.add(changes, late);
        const many = { fresh: 0, ageing: 0, old: 0 };
        for (const { latest } of vehicles.values()) many[freshness(latest.event, at)]++;
        put(ages, at / 1e6, [many.fresh, many.ageing, many.old]);
      }),
      shows(
        status$.pipe(filter(({ figures, stream_time }) => Boolean(figures?.end_to_end_ms) && stream_time !== null)),
        ({ figures, stream_time }) => {
          const { p50, p95, p99 } = figures!.end_to_end_ms!;
          put(latencies, instantOf(stream_time!) / 1e6, [p50, p95, p99]);
        },
      ),
      shows(live$.pipe(throttleTime(DRAW_EVERY, undefined, { leading: true, trailing: true })), ({ at }) => {
        const { at: seconds, changes, late } = counts.rates(at, REACH, PARTS);
        charts.forEach(({ plot, place }, i) => {
          const data: Columns = [[seconds, changes, late] satisfies Columns, latencies, ages][i]!;
          place.parentElement!.classList.toggle('empty', data[0].length < 2);
          plot.setData(data);
        });
      }),
      ...charts.map(({ plot, place }) =>
        shows(resized(place), () => {
          plot.setSize({ width: place.clientWidth, height: place.clientHeight });
        }),
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

/** Adds a point at the end; one of the same moment, or of an earlier one, takes the place of the last. */
function put(columns: Columns, moment: number, values: readonly number[]): void {
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

function chart(id: string, names: readonly string[]) {
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
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'UTC'),
      legend: { show: false },
      cursor: { show: false },
      padding: [8, LABEL / 2, 0, 0],
      scales: { y: { range: (_, __, max) => [0, Math.max(1, max * 1.1)] } },
      axes: [
        {
          ...axis,
          space: LABEL + 12,
          size: 26,
          incrs: [...SECONDS],
          values: (_, splits) => splits.map((seconds) => new Date(seconds * 1000).toISOString().slice(11, 19)),
        },
        { ...axis, space: 22, size: wide },
      ],
      series: [{}, ...names.map((name) => ({ label: name, stroke: ink(name), width: 1.75, points: { show: false } }))],
    },
    [[], ...names.map(() => [])],
    place,
  );
  return { plot, place };
}
