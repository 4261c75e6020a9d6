import { combineLatest, defer, distinctUntilChanged, fromEvent, map, merge, throttleTime } from 'rxjs';
import type { Intent } from '../model/Intent.js';
import type { Picture } from '../model/Picture.js';
import type { Span } from '../model/spanOf.js';
import { clockTime, counted, day } from '../model/words.js';
import { element } from './element.js';
import { shows } from './shows.js';
import type { View } from './View.js';

const EXPLAIN_EVERY = 500; // ms: a screen reader is to keep up

/**
 * The slider over the recording, the two clocks and what they mean, and the way to the newest. The slider's positions are
 * milliseconds from the first arrival.
 */
export const timeView: View = ({ span$, isRunning$, picture$, view$, moment$ }) =>
  defer(() => {
    const slider = element('slider', HTMLInputElement);
    const live = element('live');
    let span: Span | undefined;
    const wanted = (position: number): Intent => {
      const at = (span?.first ?? 0) + position * 1000;
      return { want: 'moment', at: at >= (span?.newest ?? 0) ? 'live' : at };
    };
    return merge(
      shows(combineLatest([span$, moment$]), ([now, { at }]) => {
        const { first, last, newest } = now;
        if (span !== now) {
          slider.disabled = false;
          slider.max = String(Math.max(1, (last - first) / 1000));
          slider.step = last - first > 3600e6 ? '1000' : '100';
          slider.style.setProperty('--known', share(newest, now));
          element('first').textContent = clockTime(first);
          element('last').textContent = clockTime(last);
        }
        span = now;
        const shown = at === 'live' ? newest : at;
        slider.style.setProperty('--played', share(shown, now));
        slider.value = String((shown - first) / 1000);
      }),
      shows(isRunning$, (isRunning) => {
        live.textContent = isRunning ? 'Live' : 'Latest';
      }),
      shows(combineLatest([picture$, moment$]), ([picture, { at, by }]) => {
        const shown = at === 'live' ? picture.at : at;
        if (at === 'live' && picture.vehicles.size === 0) return; // nothing has arrived yet
        const text = clockTime(shown);
        const time = element('moment');
        if (time.textContent !== text) {
          time.textContent = text;
          time.setAttribute('datetime', `${day(shown)}T${text}Z`);
          element('day').textContent = `${day(shown)} UTC`;
          slider.setAttribute('aria-valuetext', at === 'live' ? `${live.textContent}, ${text}` : text);
        }
        live.setAttribute('aria-pressed', String(at === 'live'));
        element(by, HTMLInputElement).checked = true;
      }),
      shows(
        combineLatest([picture$, view$, isRunning$]).pipe(
          throttleTime(EXPLAIN_EVERY, undefined, { leading: true, trailing: true }),
          map(([picture, { playing }, isRunning]) => explained(picture, playing, isRunning)),
          distinctUntilChanged(),
        ),
        (text) => {
          element('explained').textContent = text;
        },
      ),
      fromEvent(slider, 'input').pipe(map(() => wanted(slider.valueAsNumber))),
      fromEvent(live, 'click').pipe(map((): Intent => ({ want: 'moment', at: 'live' }))),
      ...(['arrival', 'event'] as const).map((by) => fromEvent(element(by), 'change').pipe(map((): Intent => ({ want: 'clock', by })))),
    );
  });

const share = (at: number, { first, last }: Span) => `${((Math.min(at, last) - first) / Math.max(1, last - first)) * 100}%`;

function explained({ by, elsewhere, compared, live }: Picture, playing: boolean, isRunning: boolean): string {
  if (live) {
    const newest = isRunning ? 'Live: the newest that has arrived.' : 'Latest: the newest that was recorded.';
    return `${newest} Drag the time back, or play, to compare the two clocks.`;
  }
  const what =
    by === 'arrival'
      ? 'What was known at this moment: only fixes that had arrived by then.'
      : 'Where everyone was at this moment, including fixes that arrived later.';
  if (!compared || playing) return what;
  const other = by === 'arrival' ? 'As recorded' : 'As arrived';
  return `${what} ${elsewhere.size === 0 ? `“${other}” has the same.` : `“${other}” has another fix of ${counted(elsewhere.size, 'device')}.`}`;
}
