import { combineLatest, defer, distinctUntilChanged, EMPTY, filter, fromEvent, map, merge, of, switchMap, throttleTime } from 'rxjs';
import type { Instant } from '../../domain/instant.js';
import { finality } from '../model/finality.js';
import { instantOf } from '../model/instantOf.js';
import type { Intent } from '../model/Intent.js';
import type { Picture } from '../model/Picture.js';
import type { Span } from '../model/spanOf.js';
import type { Stretch } from '../model/Stretch.js';
import { typedTime } from '../model/typedTime.js';
import { clockTime, counted, day, stamp, type Zone } from '../model/words.js';
import { element } from './element.js';
import { say } from './say.js';
import { shows } from './shows.js';
import type { View } from './View.js';

const UNREADABLE = 'This is not a valid time: write it like 12:32:45, 2021-10-23T12:32:45Z, 2021-10-23 or now';
const EXPLAIN_EVERY = 500; // ms: a screen reader is to keep up
/** What there is to say of a picture by whether it is final. */
const FINALITY = { final: ' That is final.', open: ' That may still change.', unknown: '' };

/**
 * The slider over the recording, or the stretch of it that is shown, the two clocks and what they mean, and the way to the
 * newest. The slider's positions are milliseconds from the first arrival.
 */
export const timeView: View = ({ status$, span$, window$, isRunning$, calm$, view$, moment$, zone$ }) =>
  defer(() => {
    const slider = element('slider', HTMLInputElement);
    const live = element('live');
    const typed = element('typed', HTMLInputElement);
    const line = element('line');
    let span: Span | undefined;
    let window: Stretch | undefined;
    let zone: Zone = 'utc';
    let before: Instant = 0; // the moment that is shown
    const wanted = (position: number): Intent => {
      const at = (span?.first ?? 0) + position * 1000;
      return { want: 'moment', at: at >= (span?.newest ?? 0) ? 'live' : at };
    };
    const go = () => {
      const at = typedTime(typed.value, { zone, shown: before, now: () => new Date().valueOf() });
      typed.setCustomValidity(at === undefined ? UNREADABLE : '');
      typed.reportValidity();
      if (at === undefined || span === undefined) return EMPTY;
      typed.value = '';
      typed.blur();
      return of<Intent>({ want: 'moment', at: at >= span.newest ? 'live' : at });
    };
    const finalUntil$ = status$.pipe(
      map(({ final_until }) => (final_until ? instantOf(final_until) : undefined)),
      distinctUntilChanged(),
    );
    return merge(
      shows(combineLatest([span$, window$, moment$, zone$]), ([now, stretch, { at }, zoneNow]) => {
        const { first, newest } = now;
        if (span !== now || window !== stretch || zone !== zoneNow) {
          slider.disabled = false;
          slider.min = String((stretch.from - first) / 1000);
          slider.max = String(Math.max((stretch.from - first) / 1000 + 1, (stretch.to - first) / 1000));
          slider.step = stretch.to - stretch.from > 3600e6 ? '1000' : '100';
          line.style.setProperty('--known', share(newest, stretch));
          element('first').textContent = clockTime(stretch.from, zoneNow);
          element('last').textContent = clockTime(stretch.to, zoneNow);
        }
        [span, window, zone] = [now, stretch, zoneNow];
        const shown = at === 'live' ? newest : at;
        line.style.setProperty('--played', share(shown, stretch));
        line.classList.toggle('away', shown < stretch.from || shown > stretch.to);
        slider.value = String((shown - first) / 1000);
      }),
      shows(isRunning$, (isRunning) => {
        live.textContent = isRunning ? 'Live' : 'Latest';
      }),
      shows(combineLatest([calm$, moment$, zone$]), ([picture, { at, by }, zoneNow]) => {
        const shown = at === 'live' ? picture.at : at;
        if (at === 'live' && picture.vehicles.size === 0) return; // nothing has arrived yet
        before = shown;
        const [text, date] = [clockTime(shown, zoneNow), day(shown, zoneNow)];
        const time = element('moment');
        if (time.textContent !== text || element('day').textContent !== date) {
          say(time, text);
          time.setAttribute('datetime', `${day(shown, 'utc')}T${clockTime(shown, 'utc')}Z`);
          say(element('day'), date);
          slider.setAttribute('aria-valuetext', at === 'live' ? `${live.textContent}, ${text}` : text);
        }
        live.setAttribute('aria-pressed', String(at === 'live'));
        element(by, HTMLInputElement).checked = true;
      }),
      shows(
        combineLatest([calm$, view$, isRunning$, finalUntil$]).pipe(
          throttleTime(EXPLAIN_EVERY, undefined, { leading: true, trailing: true }),
          map(([picture, { playing }, isRunning, finalUntil]) => {
            const final = FINALITY[finality(picture, finalUntil) ?? 'unknown'];
            return explained(picture, { playing, isRunning, final });
          }),
          distinctUntilChanged(),
        ),
        (text) => {
          element('explained').textContent = text;
        },
      ),
      fromEvent<KeyboardEvent>(typed, 'keydown').pipe(
        filter(({ key }) => key === 'Enter'),
        switchMap(go),
      ),
      shows(combineLatest([finalUntil$, zone$]), ([finalUntil, zoneNow]) => {
        element('explained').title = finalUntil === undefined ? '' : `All is there that arrived up to ${stamp(finalUntil, zoneNow)}`;
      }),
      shows(fromEvent(typed, 'input'), () => {
        typed.setCustomValidity('');
      }),
      fromEvent(slider, 'input').pipe(map(() => wanted(slider.valueAsNumber))),
      fromEvent(live, 'click').pipe(map((): Intent => ({ want: 'moment', at: 'live' }))),
      ...(['arrival', 'event'] as const).map((by) => fromEvent(element(by), 'change').pipe(map((): Intent => ({ want: 'clock', by })))),
    );
  });

const share = (at: number, { from, to }: Stretch) => String((Math.max(from, Math.min(at, to)) - from) / Math.max(1, to - from));

interface Explaining {
  readonly playing: boolean;
  readonly isRunning: boolean;
  /** Whether it is final, in words; empty if that is not known. */
  readonly final: string;
}

function explained({ by, elsewhere, compared, live }: Picture, { playing, isRunning, final }: Explaining): string {
  if (live) {
    const newest = isRunning ? 'Live: the newest that has arrived.' : 'Latest: the newest that was recorded.';
    return `${newest}${final} Drag the time back, or play, to compare the two clocks.`;
  }
  const shown =
    by === 'arrival'
      ? 'What was known at this moment: only fixes that had arrived by then.'
      : 'Where everyone was at this moment, including fixes that arrived later.';
  const what = `${shown}${final}`;
  if (!compared || playing) return what;
  const other = by === 'arrival' ? 'As recorded' : 'As arrived';
  return `${what} ${elsewhere.size === 0 ? `“${other}” has the same.` : `“${other}” has another fix of ${counted(elsewhere.size, 'device')}.`}`;
}
