import { combineLatest, defer, distinctUntilChanged, EMPTY, finalize, fromEvent, map, merge, mergeMap, of, skip, Subject, type Observable } from 'rxjs';
import uPlot from 'uplot';
import type { Instant } from '../../domain/instant.js';
import type { Clock } from '../api/served.js';
import type { Intent } from '../model/Intent.js';
import type { Sighting } from '../model/Sighting.js';
import { clockTime, type Zone } from '../model/words.js';
import { element } from './element.js';
import { inks$ } from './inks.js';
import { SECONDS } from './SECONDS.js';
import { resized } from './resized.js';
import { shows } from './shows.js';
import type { View } from './View.js';

const FONT = '12px Inter, system-ui, sans-serif';
const LABEL = 56; // px, as wide as a time of day
const SIDE = 38; // px of an axis at a side

/**
 * The speed and the delay of the chosen device over its track, by the clock in force. The moment is a line in it, a click
 * goes to the moment of a fix, and the fix that somebody points at is marked here and on the map.
 */
export const deviceChartView: View = ({ track$, moment$, pointed$, hover$, zone$ }) =>
  defer(() => {
    const place = element('deviceChart');
    const own$ = new Subject<Intent>();
    const shown: { fixes: readonly Sighting[]; by: Clock; at: Instant | 'live'; zone: Zone; isSetting: boolean } = {
      fixes: [],
      by: 'arrival',
      at: 'live',
      zone: 'utc',
      isSetting: false,
    };
    const plot = chart(place, {
      at: () => (shown.at === 'live' ? undefined : shown.at / 1e6),
      time: (seconds) => clockTime(Math.round(seconds) * 1e6, shown.zone),
      onPoint: (index, at) => {
        if (shown.isSetting) return;
        own$.next({ want: 'point', fix: index === undefined ? undefined : shown.fixes[index] });
        own$.next({ want: 'hover', at });
      },
    });
    return merge(
      own$,
      shows(combineLatest([track$, moment$.pipe(map(({ by }) => by), distinctUntilChanged()), zone$]), ([track, by, zone]) => {
        shown.by = by;
        shown.zone = zone;
        shown.fixes = [...(track?.fixes ?? [])].sort((a, b) => a[by] - b[by]);
        const { fixes } = shown;
        place.parentElement!.hidden = fixes.length < 2;
        plot.setData([
          fixes.map((fix) => fix[by] / 1e6),
          fixes.map(({ speed }) => speed ?? null),
          fixes.map(({ arrival, event }) => (arrival - event) / 1e6),
        ]);
      }),
      shows(moment$, ({ at }) => {
        shown.at = at;
        if (shown.fixes.length > 1) plot.redraw(false, false);
      }),
      shows(pointed$, (fix) => {
        const index = fix === undefined ? -1 : shown.fixes.findIndex((other) => other.event === fix.event && other.arrival === fix.arrival);
        shown.isSetting = true; // what is pointed at on the map is not pointed at here again
        const [x, y] = index < 0 ? [-10, -10] : [plot.valToPos(fix![shown.by] / 1e6, 'x'), 0];
        plot.setCursor({ left: x, top: y }, false);
        shown.isSetting = false;
      }),
      shows(hover$, (at) => {
        if (place.matches(':hover')) return;
        shown.isSetting = true;
        plot.setCursor({ left: at === undefined ? -10 : plot.valToPos(at / 1e6, 'x'), top: 0 }, false);
        shown.isSetting = false;
      }),
      fromEvent(place, 'click').pipe(
        mergeMap((): Observable<Intent> => {
          const fix = shown.fixes[plot.cursor.idx ?? -1];
          return fix === undefined ? EMPTY : of({ want: 'seek', fix });
        }),
      ),
      shows(resized(place), () => {
        if (place.clientWidth > 0) plot.setSize({ width: place.clientWidth, height: place.clientHeight });
      }),
      shows(inks$.pipe(skip(1)), () => { // those in force it has; what it is yet to draw, this would undo
        plot.redraw(true, true);
      }),
    ).pipe(
      finalize(() => {
        plot.destroy();
      }),
    );
  });

interface ChartOptions {
  /** The moment in s, if it is not the newest. */
  readonly at: () => number | undefined;
  readonly time: (seconds: number) => string;
  /** Called with the fix that is pointed at, by its place, and the moment. */
  readonly onPoint: (index: number | undefined, at: Instant | undefined) => void;
}

function chart(place: HTMLElement, { at, time, onPoint }: ChartOptions): uPlot {
  const ink = (name: string) => () => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const axis = { stroke: ink('faint'), ticks: { show: false }, font: FONT };
  const upwards: uPlot.Range.Function = (_, __, highest) => [0, Math.max(1, highest * 1.1)];
  const drawMoment = (plot: uPlot) => {
    const { ctx, bbox } = plot;
    const seconds = at();
    if (seconds === undefined) return;
    const x = Math.round(plot.valToPos(seconds, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) return;
    ctx.fillStyle = ink('chosen')();
    ctx.fillRect(x - devicePixelRatio, bbox.top, 2 * devicePixelRatio, bbox.height);
  };
  return new uPlot(
    {
      width: 280,
      height: 96,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 7 } },
      padding: [6, 0, 0, 0],
      scales: { x: { time: false }, y: { range: upwards }, delay: { range: upwards } },
      axes: [
        { ...axis, grid: { show: false }, space: LABEL + 12, size: 22, incrs: [...SECONDS], values: (_, splits) => splits.map(time) },
        { ...axis, grid: { stroke: ink('grid'), width: 1 }, space: 24, size: SIDE },
        // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the enum is of types only, and not there at run time
        { ...axis, grid: { show: false }, scale: 'delay', side: 1, space: 24, size: SIDE },
      ],
      series: [
        {},
        { label: 'speed', stroke: ink('changes'), width: 1.5, points: { show: false } },
        { label: 'delay', scale: 'delay', stroke: ink('late'), width: 1.5, points: { show: false } },
      ],
      hooks: {
        draw: [drawMoment],
        setCursor: [
          (plot) => {
            const { left = -1, idx } = plot.cursor;
            onPoint(left < 0 ? undefined : (idx ?? undefined), left < 0 ? undefined : Math.round(plot.posToVal(left, 'x') * 1e6));
          },
        ],
      },
    },
    [[], [], []],
    place,
  );
}
