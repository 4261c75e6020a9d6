import { combineLatest, defer, EMPTY, filter, fromEvent, map, merge, mergeMap, of, type Observable } from 'rxjs';
import type { Instant } from '../../domain/instant.js';
import type { Intent } from '../model/Intent.js';
import type { Overview } from '../model/Overview.js';
import type { Stretch } from '../model/Stretch.js';
import type { Window } from '../model/windowed.js';
import { clockTime, count, lasting, type Zone } from '../model/words.js';
import { zoomed } from '../model/zoomed.js';
import { drawOverview } from './drawOverview.js';
import { element } from './element.js';
import { inks$ } from './inks.js';
import { pinched } from './pinched.js';
import { resized } from './resized.js';
import { shows } from './shows.js';
import type { View } from './View.js';

/** Half the width of the slider's knob, in px: its middle goes no further to the sides. */
const KNOB = 9;
/** How many times as long a stretch is after a press of a button, and after a notch of a wheel. */
const [PRESS, NOTCH] = [2, 1.25];
const WHEEL_PX = 100; // px of a notch
const LINE_PX = 33; // px of a line, in which some wheels count

/**
 * The recording at a glance, behind the slider: how many changes, late fixes, duplicates and conflicts there are over time.
 * Wheel, pinch and buttons zoom; what is pointed at is marked here and in all charts, and put into words.
 */
export const overviewView: View = ({ overview$, window$, moment$, hover$, zone$ }) =>
  defer(() => {
    const line = element('line');
    const canvas = element('overview', HTMLCanvasElement);
    const buttons = { in: element('zoomIn'), out: element('zoomOut'), all: element('zoomAll') };
    const shown: { window: Window | undefined; middle: Instant | undefined } = { window: undefined, middle: undefined };
    const momentAt = (x: number): Instant | undefined => {
      const { left, width } = line.getBoundingClientRect();
      const share = (x - left - KNOB) / Math.max(1, width - 2 * KNOB);
      return shown.window && shown.window.from + Math.max(0, Math.min(1, share)) * (shown.window.to - shown.window.from);
    };
    const zoom = (times: number, around: Instant | undefined): Observable<Intent> => {
      const { window } = shown;
      return window === undefined ? EMPTY : of({ want: 'zoom', stretch: zoomed(window, times, around ?? (window.from + window.to) / 2) });
    };
    const turn = (event: WheelEvent): Observable<Intent> => {
      event.preventDefault();
      const { window } = shown;
      const notches = (delta: number) => (delta * (event.deltaMode === 0 ? 1 : LINE_PX)) / WHEEL_PX;
      const aside = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
      if (window !== undefined && Math.abs(aside) > (event.shiftKey ? 0 : Math.abs(event.deltaY))) {
        const by = (notches(aside) * (window.to - window.from)) / 10;
        return of({ want: 'zoom', stretch: { from: Math.round(window.from + by), to: Math.round(window.to + by) } });
      }
      return zoom(NOTCH ** notches(event.deltaY), momentAt(event.clientX));
    };
    return merge(
      shows(combineLatest([window$, moment$]), ([window, { at }]) => {
        shown.window = window;
        shown.middle = at !== 'live' && at >= window.from && at <= window.to ? at : undefined;
        buttons.out.toggleAttribute('disabled', !window.isZoomed);
        buttons.all.toggleAttribute('disabled', !window.isZoomed);
      }),
      shows(combineLatest([overview$, window$, inks$, resized(canvas)]), ([overview, window]) => {
        const style = getComputedStyle(document.documentElement);
        const ink = (name: string) => style.getPropertyValue(`--${name}`).trim();
        drawOverview(canvas, overview, window, { changes: ink('changes'), late: ink('late'), others: ink('ageing') });
      }),
      shows(combineLatest([overview$, window$, hover$, zone$]), ([overview, window, at, zone]) => {
        const isInside = at !== undefined && at >= window.from && at <= window.to;
        line.style.setProperty('--cursor', isInside ? String((at - window.from) / Math.max(1, window.to - window.from)) : '-1');
        tell(overview, window, isInside ? at : undefined, zone);
      }),
      fromEvent<PointerEvent>(line, 'pointermove').pipe(map(({ clientX }): Intent => ({ want: 'hover', at: momentAt(clientX) }))),
      merge(fromEvent(line, 'pointerleave'), fromEvent(line, 'pointercancel')).pipe(map((): Intent => ({ want: 'hover', at: undefined }))),
      fromEvent<WheelEvent>(line, 'wheel', { passive: false }).pipe(filter(({ deltaX, deltaY }) => deltaX !== 0 || deltaY !== 0), mergeMap(turn)),
      pinched(line).pipe(mergeMap(({ times, x }) => zoom(1 / times, momentAt(x)))),
      fromEvent(buttons.in, 'click').pipe(mergeMap(() => zoom(1 / PRESS, shown.middle))),
      fromEvent(buttons.out, 'click').pipe(mergeMap(() => zoom(PRESS, shown.middle))),
      fromEvent(buttons.all, 'click').pipe(map((): Intent => ({ want: 'zoom', stretch: undefined }))),
    );
  });

/** Says how many fixes of each kind there are: in the bin that is pointed at, or in all that is shown. */
function tell(overview: Overview, window: Stretch, at: Instant | undefined, zone: Zone): void {
  const bin = at === undefined ? undefined : overview.binAt(at);
  const kinds = bin === undefined ? overview.sums(window) : overview.bins[bin]!;
  const when = bin === undefined ? window.from : overview.start(bin);
  const length = bin === undefined ? window.to - window.from : overview.step;
  element('counted').dataset['kind'] = bin === undefined ? 'all' : 'bin';
  element('countedWhen').textContent = `${clockTime(when, zone)}, ${lasting(length / 1e6)}:`;
  element('countedChanges').textContent = count(kinds.changes);
  element('countedLate').textContent = count(kinds.late);
  element('countedOthers').textContent = count(kinds.others);
}
