import { combineLatest, defer, fromEvent, map, merge } from 'rxjs';
import type { Instant } from '../../domain/instant.js';
import { instantOf } from '../model/instantOf.js';
import type { Intent } from '../model/Intent.js';
import type { Picture } from '../model/Picture.js';
import { clockTime, counted, day } from '../model/words.js';
import { element } from './element.js';
import { shows } from './shows.js';
import type { View } from './View.js';

/**
 * The slider over the recording, the two clocks and what they mean, and the way back to live. Its positions are
 * milliseconds from the first arrival.
 */
export const timeView: View = ({ status$, picture$, moment$ }) =>
  defer(() => {
    const slider = element('slider', HTMLInputElement);
    const live = element('live');
    let origin: Instant | undefined;
    let now: Instant = 0;

    const wanted = (position: number): Intent => {
      const at = (origin ?? 0) + position * 1000;
      return { want: 'moment', at: at >= now ? 'live' : at };
    };
    return merge(
      shows(combineLatest([status$, moment$]), ([{ span, stream_time }, { at }]) => {
        if (span === null) return;
        origin = instantOf(span.first);
        const end = instantOf(span.last);
        now = stream_time === null ? origin : instantOf(stream_time);
        slider.disabled = false;
        slider.max = String(Math.max(1, (end - origin) / 1000));
        slider.step = end - origin > 3600e6 ? '1000' : '100';
        slider.style.setProperty('--played', share(now, origin, end));
        slider.value = String(((at === 'live' ? now : at) - origin) / 1000);
        element('first').textContent = clockTime(origin);
        element('last').textContent = clockTime(end);
      }),
      shows(combineLatest([picture$, moment$]), ([picture, { at, by }]) => {
        const shown = at === 'live' ? picture.at : at;
        if (at === 'live' && picture.vehicles.size === 0) return; // nothing has arrived yet
        const text = clockTime(shown);
        const time = element('moment');
        time.textContent = text;
        time.setAttribute('datetime', `${day(shown)}T${text}Z`);
        element('day').textContent = `${day(shown)} UTC`;
        slider.setAttribute('aria-valuetext', at === 'live' ? `live, ${text}` : text);
        live.setAttribute('aria-pressed', String(at === 'live'));
        element(by, HTMLInputElement).checked = true;
        element('explained').textContent = explained(picture, at === 'live');
      }),
      fromEvent(slider, 'input').pipe(map(() => wanted(slider.valueAsNumber))),
      fromEvent(live, 'click').pipe(map((): Intent => ({ want: 'moment', at: 'live' }))),
      ...(['arrival', 'event'] as const).map((by) => fromEvent(element(by), 'change').pipe(map((): Intent => ({ want: 'clock', by })))),
    );
  });

const share = (at: Instant, first: Instant, last: Instant) => `${((Math.min(at, last) - first) / Math.max(1, last - first)) * 100}%`;

function explained({ by, elsewhere, compared, live }: Picture, now: boolean): string {
  if (now || live) return 'Live: the newest that has arrived. Drag the time back to compare the two clocks.';
  const what =
    by === 'arrival'
      ? 'What was known at this moment: only fixes that had arrived by then.'
      : 'Where everybody was at this moment, by what arrived later too.';
  const other = by === 'arrival' ? 'As it happened' : 'As it arrived';
  if (!compared) return what;
  return `${what} ${elsewhere.size === 0 ? `“${other}” has the same.` : `“${other}” has another fix of ${counted(elsewhere.size, 'device')} (dashed).`}`;
}
