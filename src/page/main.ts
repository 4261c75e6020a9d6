import { asyncScheduler, catchError, defer, merge, mergeMap, NEVER, scheduled, Subject } from 'rxjs';
import { directServer } from './api/directServer.js';
import { readServer } from './api/readServer.js';
import { parseLink } from './model/parseLink.js';
import type { Intent } from './model/Intent.js';
import { pageModel } from './model/pageModel.js';
import { chartsView } from './view/chartsView.js';
import { detailView } from './view/detailView.js';
import { differView } from './view/differView.js';
import { element } from './view/element.js';
import { headView } from './view/headView.js';
import { heatView } from './view/heatView.js';
import { helpView } from './view/helpView.js';
import { keysView } from './view/keysView.js';
import { linkView } from './view/linkView.js';
import { listView } from './view/listView.js';
import { mapView } from './view/mapView.js';
import { overviewView } from './view/overviewView.js';
import { paceView } from './view/paceView.js';
import { playView } from './view/playView.js';
import { saveView } from './view/saveView.js';
import { timeView } from './view/timeView.js';
import { deviceChartView } from './view/deviceChartView.js';
import { rememberedZone, zoneView } from './view/zoneView.js';

// What a person wants goes in, what is to be seen comes out, and the views bring the one to the other.
const intent$ = new Subject<Intent>();
const { event$, fleet: askFleet, changes: askChanges, land$ } = readServer(() => new Worker('page/reader.js'), directServer());
const model = pageModel({ intent$, first: parseLink(location.hash), zone: rememberedZone(), event$, askFleet, askChanges, land$ });
// Each group of views is a task, so that the browser can draw in between: the map first, the list when all else is there.
const views = [
  [headView, mapView, heatView],
  [timeView, paceView, playView, zoneView, detailView, keysView, linkView, differView, helpView, saveView],
  [overviewView, chartsView, deviceChartView],
  [listView],
];

const broken = (error: unknown) =>
  defer(() => {
    const trouble = element('trouble');
    trouble.hidden = false;
    trouble.textContent = `The page has a fault: ${error instanceof Error ? error.message : String(error)}. Load it again.`;
    return NEVER;
  });

scheduled(views, asyncScheduler)
  .pipe(
    mergeMap((group) => merge(...group.map((view) => view(model, intent$)))),
    catchError(broken),
  )
  .subscribe((intent) => { intent$.next(intent); });
