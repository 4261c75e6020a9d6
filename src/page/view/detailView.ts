import { combineLatest, distinctUntilChanged, fromEvent, map, merge, startWith, type Observable } from 'rxjs';
import { formatInstant } from '../../domain/instant.js';
import { distance } from '../../domain/distance.js';
import type { Status } from '../api/served.js';
import { freshness } from '../model/freshness.js';
import type { Track } from '../model/chosenTrack.js';
import type { Intent } from '../model/Intent.js';
import type { Picture } from '../model/Picture.js';
import { counted, far, heading, lasting } from '../model/words.js';
import { AGES } from './AGES.js';
import { element } from './element.js';
import { shows } from './shows.js';
import type { View } from './View.js';

/** What is known of the chosen device: its fix, the two times of it, how old it is, its track. */
export const detailView: View = ({ calm$, chosen$, track$, status$ }) =>
  merge(
    shows(combineLatest([calm$, chosen$, unitOf(status$)]), ([picture, device, unit]) => {
      show(picture, device, unit);
    }),
    shows(combineLatest([track$.pipe(startWith(undefined)), chosen$]), ([track, device]) => {
      const { fixes, trouble }: Partial<Track> = track?.device === device ? (track ?? {}) : {};
      const metres = fixes?.reduce((sum, fix, i) => (i === 0 ? 0 : sum + distance(fixes[i - 1]!, fix)), 0) ?? 0;
      element('track').textContent =
        trouble ?? (fixes === undefined ? 'No track yet.' : `${counted(fixes.length, 'fix', 'fixes')}, ${far(metres)}.`);
    }),
    fromEvent(element('close'), 'click').pipe(map((): Intent => ({ want: 'device', device: undefined }))),
    fromEvent(element('near'), 'click').pipe(map((): Intent => ({ want: 'near' }))),
    fromEvent(element('reach'), 'change').pipe(
      map((): Intent => ({ want: 'reach', minutes: Number(element('reach', HTMLSelectElement).value) })),
    ),
  );

/** What speeds are in, with a blank before it; nothing as long as that is not known. */
function unitOf(status$: Observable<Status>): Observable<string> {
  return status$.pipe(
    map(({ speed_unit }) => (speed_unit ? ` ${speed_unit}` : '')),
    startWith(''),
    distinctUntilChanged(),
  );
}

function show({ vehicles, at }: Picture, device: string | undefined, unit: string): void {
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
  const facts: readonly (readonly [string, string])[] = [
    ['happened', readable(formatInstant(latest.event))],
    ['arrived', readable(formatInstant(latest.arrival))],
    ['on its way', lasting((latest.arrival - latest.event) / 1e6)],
    ['position', `${latest.latitude.toFixed(5)}, ${latest.longitude.toFixed(5)}`],
    ['speed', latest.speed === undefined ? 'not told' : `${latest.speed}${unit}`],
    ['heading', course === undefined ? (stands ? 'standing' : 'unknown') : heading(course)],
  ];
  element('facts').replaceChildren(...facts.map(([name, value]) => pair(name, value)));
}

const readable = (time: string) => time.replace('T', ' ').replace(/\.?0{0,6}Z$/, '');

function pair(name: string, value: string): HTMLElement {
  const row = document.createElement('div');
  const [term, told] = [document.createElement('dt'), document.createElement('dd')];
  term.textContent = name;
  told.textContent = value;
  row.append(term, told);
  return row;
}
