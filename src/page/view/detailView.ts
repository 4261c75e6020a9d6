import { combineLatest, fromEvent, map, merge, startWith } from 'rxjs';
import { distance } from '../../domain/distance.js';
import { freshness } from '../model/freshness.js';
import type { Sighting } from '../model/Sighting.js';
import type { Intent } from '../model/Intent.js';
import type { Picture } from '../model/Picture.js';
import { factsOf } from '../model/factsOf.js';
import type { Track } from '../model/Track.js';
import { counted, metresText, heading, lasting, reachText, stamp, type Zone } from '../model/words.js';
import { AGES } from './AGES.js';
import { element } from './element.js';
import { pair } from './pair.js';
import { shows } from './shows.js';
import type { View } from './View.js';

/** What is known of the chosen device: its fix, the two times of it, how old it is, its track. */
export const detailView: View = ({ calm$, chosen$, track$, reach$, follow$, zone$, unit$ }) =>
  merge(
    shows(combineLatest([calm$, chosen$, zone$, unit$]), ([picture, device, zone, unit]) => {
      show(picture, device, { zone, unit });
    }),
    shows(follow$, (follows) => {
      element('follow').setAttribute('aria-pressed', String(follows));
    }),
    fromEvent(element('follow'), 'click').pipe(
      map((): Intent => ({ want: 'follow', follow: element('follow').getAttribute('aria-pressed') !== 'true' })),
    ),
    shows(combineLatest([track$.pipe(startWith(undefined)), chosen$, reach$, zone$]), ([track, device, minutes, zone]) => {
      element('track').textContent = track?.device === device ? trackText(track, { minutes, zone }) : 'No track yet.';
    }),
    fromEvent(element('close'), 'click').pipe(map((): Intent => ({ want: 'device', device: undefined }))),
    fromEvent(element('near'), 'click').pipe(map((): Intent => ({ want: 'near' }))),
    fromEvent(element('reach'), 'change').pipe(
      map((): Intent => ({ want: 'reach', minutes: Number(element('reach', HTMLSelectElement).value) })),
    ),
  );

function show({ vehicles, at }: Picture, device: string | undefined, words: { readonly zone: Zone; readonly unit: string }): void {
  element('detail').hidden = device === undefined;
  if (device === undefined) return;
  element('name').textContent = device;
  const badge = element('freshness');
  const vehicle = vehicles.get(device);
  if (vehicle === undefined) {
    badge.dataset['age'] = 'old';
    badge.textContent = 'nothing known at this moment';
    element('facts').replaceChildren();
    return;
  }
  const { latest, course, stands } = vehicle;
  const age = freshness(latest.event, at);
  badge.dataset['age'] = age;
  badge.textContent = `${AGES[age].sign} ${age}, ${lasting((at - latest.event) / 1e6)} old`;
  const facts = [...factsOf(latest, { ...words, at })];
  facts.splice(6, 0, ['heading', course === undefined ? (stands ? 'standing' : 'unknown') : heading(course)]);
  element('facts').replaceChildren(...facts.map(([name, value]) => pair(name, value)));
}

/** How long a track is, or why there is none; and whether the device has been silent for all the time that was asked for. */
function trackText(track: Track | undefined, { minutes, zone }: { readonly minutes: number; readonly zone: Zone }): string {
  if (track === undefined) return 'No track yet.';
  const { fixes, silentSince, trouble } = track;
  if (trouble !== undefined) return trouble;
  const metres = fixes.reduce((sum, fix, i) => (i === 0 ? 0 : sum + distance(fixes[i - 1]!, fix)), 0);
  const silence = silentSince === undefined ? '' : ` No fix in the last ${reachText(minutes)}: the last one is of ${stamp(silentSince, zone)}.`;
  return `${counted(fixes.length, 'fix', 'fixes')}, ${metresText(metres)}.${leftOut(fixes)}${silence}`;
}

/** How many fixes that were sent again are not shown. */
function leftOut(fixes: readonly Sighting[]): string {
  const copies = fixes.reduce((sum, { copies = 0 }) => sum + copies, 0);
  return copies === 0 ? '' : ` ${counted(copies, 'copy', 'copies')} left out.`;
}
