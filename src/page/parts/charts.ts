import { chartsView } from '../view/chartsView.js';
import { deviceChartView } from '../view/deviceChartView.js';
import { overviewView } from '../view/overviewView.js';
import type { View } from '../view/View.js';

/** What is drawn over time. */
export const views: readonly View[] = [overviewView, chartsView, deviceChartView];
