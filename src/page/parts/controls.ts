import { detailView } from '../view/detailView.js';
import { differView } from '../view/differView.js';
import { helpView } from '../view/helpView.js';
import { keysView } from '../view/keysView.js';
import { paceView } from '../view/paceView.js';
import { playView } from '../view/playView.js';
import { saveView } from '../view/saveView.js';
import { timeView } from '../view/timeView.js';
import type { View } from '../view/View.js';
import { zoneView } from '../view/zoneView.js';

/** What a person steers the page by, and what is known of the device that was chosen. */
export const views: readonly View[] = [
  timeView,
  paceView,
  playView,
  zoneView,
  detailView,
  keysView,
  differView,
  helpView,
  saveView,
];
