import type { Browser, Page } from 'playwright-core';

/** What the browser's own trace says of a page's thread. Times in ms of the thread itself: what else the machine does is not in them. */
export interface Traced {
  /** Its longest task. */
  readonly longest: number;
  /** How many of its tasks took over 50 ms. */
  readonly long: number;
  /** Its share of the time, 0 to 1. */
  readonly busy: number;
  /** Frames that it gave a second, and what it took for each. */
  readonly frames: number;
  readonly perFrame: number;
}

interface TraceEvent {
  readonly name: string;
  readonly cat: string;
  readonly pid: number;
  readonly tid: number;
  /** µs */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'blink.user_timing'];
const LONG = 50; // ms

/** Traces a page from its mark `first` to the end of some work. */
export async function traced(browser: Browser, page: Page, first: string, work: () => Promise<unknown>): Promise<Traced> {
  await browser.startTracing(page, { categories: CATEGORIES });
  await work();
  await page.evaluate("performance.mark('last')");
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { readonly traceEvents: readonly TraceEvent[] };
  const marked = (name: string) => traceEvents.find((event) => event.name === name && event.cat.includes('blink.user_timing'))!;
  const [from, to] = [marked(first), marked('last')];
  const own = traceEvents.filter(({ pid, tid, ts }) => pid === from.pid && tid === from.tid && ts >= from.ts && ts <= to.ts);
  const tasks = own.filter(({ name, dur }) => name === 'RunTask' && dur !== undefined).map(({ tdur = 0 }) => tdur / 1000);
  const frames = own.filter(({ name }) => name === 'Commit').length;
  const [total, lasted] = [tasks.reduce((sum, task) => sum + task, 0), (to.ts - from.ts) / 1000];
  return {
    longest: tasks.reduce((most, task) => Math.max(most, task), 0),
    long: tasks.filter((task) => task > LONG).length,
    busy: total / lasted,
    frames: (1000 * frames) / lasted,
    perFrame: total / frames,
  };
}
