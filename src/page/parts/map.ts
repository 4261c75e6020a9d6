import { headView } from '../view/headView.js';
import { heatView } from '../view/heatView.js';
import { linkView } from '../view/linkView.js';
import { mapView } from '../view/mapView.js';
import type { View } from '../view/View.js';

/** What is seen first: how the recording stands, and where everyone is; and what the address says of that. */
export const views: readonly View[] = [headView, linkView, mapView, heatView];
