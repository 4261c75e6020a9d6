import { headView } from '../view/headView.js';
import { heatView } from '../view/heatView.js';
import { mapView } from '../view/mapView.js';
import type { View } from '../view/View.js';

/** What is seen first: how the recording stands, and where everyone is. */
export const views: readonly View[] = [headView, mapView, heatView];
