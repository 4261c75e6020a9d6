import { listView } from '../view/listView.js';
import type { View } from '../view/View.js';

/** Every device, in rows. */
export const views: readonly View[] = [listView];
