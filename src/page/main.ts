import { asyncScheduler, catchError, concat, concatMap, defer, EMPTY, from, ignoreElements, merge, mergeMap, observeOn, race, Subject, take, timer } from 'rxjs';
import { directServer } from './api/directServer.js';
import { readServer } from './api/readServer.js';
import { earlyReaderOr } from './api/earlyReader.js';
import { parseLink } from './model/parseLink.js';
import type { Intent } from './model/Intent.js';
import { pageModel } from './model/pageModel.js';
import { element } from './view/element.js';
import type { View } from './view/View.js';
import { rememberedZone } from './view/zoneView.js';

const WAITS = 1000; // ms at most that charts and the list wait for the first picture

// What a person wants goes in, what is to be seen comes out, and the views bring the one to the other.
const intent$ = new Subject<Intent>();
const { event$, fleet: askFleet, changes: askChanges, land$ } = readServer(() => earlyReaderOr(() => new Worker('page/reader.js')), directServer());
const model = pageModel({ intent$, first: parseLink(location.hash), zone: rememberedZone(), event$, askFleet, askChanges, land$ });

/** Tells a fault. What else there is goes on. */
const broken = (error: unknown) =>
  defer(() => {
    const trouble = element('trouble');
    trouble.hidden = false;
    trouble.textContent = `The page has a fault: ${error instanceof Error ? error.message : String(error)}. Load it again.`;
    return EMPTY;
  });

/** Views that are loaded together. */
interface Part {
  readonly views: readonly View[];
}
/** Loads parts one after the other. Each begins in a task of its own, so that the browser can draw in between. */
const parts = (...loads: readonly (() => Promise<Part>)[]) =>
  from(loads).pipe(
    concatMap((load) => from(load()).pipe(observeOn(asyncScheduler), catchError(broken))),
    mergeMap(({ views }) => merge(...views.map((view) => view(model, intent$))).pipe(catchError(broken))),
  );
const seen$ = race(model.picture$, timer(WAITS)).pipe(take(1), observeOn(asyncScheduler), ignoreElements());

merge(
  // the fleet is on its way while the map is loaded; and that the events have begun is told once
  merge(model.picture$, model.live$, model.lost$, model.status$).pipe(ignoreElements()),
  parts(() => import('./parts/map.js'), () => import('./parts/controls.js')),
  concat(seen$, parts(() => import('./parts/charts.js'), () => import('./parts/list.js'))), // neither is to delay it
)
  .pipe(catchError(broken))
  .subscribe((intent) => { intent$.next(intent); });
