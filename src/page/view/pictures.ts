import {
  catchError,
  combineLatest,
  defer,
  EMPTY,
  exhaustMap,
  filter,
  ignoreElements,
  map,
  merge,
  mergeAll,
  of,
  tap,
  timer,
  withLatestFrom,
  type Observable,
} from 'rxjs';
import type { FleetMap } from '../map/FleetMap.js';
import { inksOf } from '../map/inksOf.js';
import { pictureOf } from '../map/pictureOf.js';
import { captionOf } from '../model/captionOf.js';
import { pictureFile } from '../model/documents.js';
import type { Intent } from '../model/Intent.js';
import type { Shown } from '../model/Shown.js';
import { counted } from '../model/words.js';
import { element } from './element.js';
import { LEGEND } from './legend.js';

const KEPT_MS = 60_000; // ms that a browser has to save a picture

/** Saves a picture of the map, with what is said of it, whenever somebody wants one; what goes wrong with that is told. */
export const pictures = (
  fleet: FleetMap,
  scale: HTMLElement,
  { calm$, chosen$, reach$, zone$, status$, heat$ }: Shown,
  intent$: Observable<Intent>,
): Observable<Intent> =>
  intent$.pipe(
    filter(({ want }) => want === 'picture'),
    withLatestFrom(combineLatest([calm$, chosen$, reach$, zone$, status$, heat$])),
    exhaustMap(([, [picture, device, minutes, zone, { output }, heat]]) =>
      defer(async () => {
        const { canvas, missing } = await fleet.capture();
        const lines = captionOf(picture, { zone, device, minutes, log: output, late: heat?.sum });
        const bar = { words: scale.textContent, width: scale.offsetWidth };
        const caption = { lines, legend: LEGEND, scale: bar, source: element('ground').textContent };
        const whole = pictureOf(canvas, caption, inksOf(document.documentElement));
        return { missing, address: await saved(whole, pictureFile(picture.at, device)) };
      }).pipe(
        map(({ missing, address }) => merge(missing === 0 ? EMPTY : of(told(withoutTiles(missing))), revoked(address))),
        catchError((error: unknown) => of(of(told(`The picture cannot be saved: ${(error as Error).message}.`)))),
      ),
    ),
    mergeAll(),
  );

const told = (trouble: string): Intent => ({ want: 'tell', trouble });

/** Has the browser forget a picture when it has had the time to save it. */
const revoked = (address: string): Observable<never> =>
  timer(KEPT_MS).pipe(tap(() => { URL.revokeObjectURL(address); }), ignoreElements());

const withoutTiles = (missing: number) =>
  `The picture is without ${counted(missing, 'tile')}: the server of the tiles does not let pages copy them.`;

/** Saves a picture as a PNG of a name, as if it were a link that somebody follows. @returns its address, to be revoked */
async function saved(picture: HTMLCanvasElement, name: string): Promise<string> {
  const blob = await new Promise<Blob>((resolve, reject) => {
    picture.toBlob((made) => {
      if (made) resolve(made);
      else reject(new Error(`the browser cannot make a picture of ${picture.width} by ${picture.height} pixels`));
    });
  });
  const address = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href: address, download: name }).click();
  return address;
}
