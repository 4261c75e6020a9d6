// The page in Chromium, against pages that only parse the same JSON, or do nothing: opening a finished log, playing it, and
// following a replay of so many fixes a second. Prints the figures of the browser's own trace as JSON.
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { chromium, PLACE } from '../spec/browser/support/chromium.js';
import { serving } from '../spec/browser/support/serving.js';
import { median } from './processes.js';
import { traced, type Traced } from './traced.js';

const [recording = '', log = '', rate = '1', seconds = '5', times = '3'] = process.argv.slice(2);
const LASTS = Number(seconds) * 1000;

/** Pages to compare with: one that parses the fleet, one that parses the events, and one that only has frames. */
const BARE = {
  fleet: "fetch('/api/fleet').then((answer) => answer.text()).then((text) => { JSON.parse(text); performance.mark('seen'); });",
  events: "performance.mark('seen'); new EventSource('/api/events').addEventListener('flush', ({ data }) => { JSON.parse(data); });",
  frames:
    "performance.mark('seen'); const frame = () => { document.body.style.opacity = String(0.5 + Math.random() / 2); requestAnimationFrame(frame); }; frame();",
};

/** Marks when the page begins, and the frame after the first in which the fleet is drawn. */
const MARKS = `performance.mark('begun');
for (const name of ['drawImage', 'fillRect', 'putImageData']) {
  const own = CanvasRenderingContext2D.prototype[name];
  CanvasRenderingContext2D.prototype[name] = function (...drawn) {
    if (this.canvas.closest?.('.leaflet-fleet-pane')) {
      CanvasRenderingContext2D.prototype[name] = own;
      requestAnimationFrame(() => { if (performance.getEntriesByName('seen').length === 0) performance.mark('seen'); });
    }
    return own.apply(this, drawn);
  };
}`;

/** Opens the page of a server, or a bare one in its place, in a browser that has nothing of it yet. */
async function opened(browser: Browser, url: string, bare?: keyof typeof BARE): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.addInitScript(MARKS);
  if (bare !== undefined)
    await page.route(url, (route) =>
      route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>bare</title><body>bare<script>${BARE[bare]}</script>` }),
    );
  return page;
}

/** ms from the request for the page until the fleet is seen. */
async function seen(page: Page): Promise<number> {
  for (;;) {
    const at = await page.evaluate<number | undefined>("performance.getEntriesByName('seen')[0]?.startTime");
    if (at !== undefined) return at;
    await page.waitForTimeout(20);
  }
}

async function opening(browser: Browser, url: string, bare?: keyof typeof BARE): Promise<{ readonly first: number } & Traced> {
  const rounds: ({ readonly first: number } & Traced)[] = [];
  for (let i = 0; i < Number(times); i++) {
    const page = await opened(browser, url, bare);
    let first = 0;
    const trace = await traced(browser, page, 'begun', async () => {
      await page.goto(url);
      first = await seen(page);
      await page.waitForTimeout(1000); // the land, and where each was before
    });
    rounds.push({ first, ...trace });
    await page.context().close();
  }
  const middle = (name: 'first' | keyof Traced) => median(rounds.map((round) => round[name]));
  return {
    first: middle('first'),
    longest: middle('longest'),
    long: middle('long'),
    busy: middle('busy'),
    frames: middle('frames'),
    perFrame: middle('perFrame'),
  };
}

async function running(browser: Browser, url: string, bare?: keyof typeof BARE, start?: (page: Page) => Promise<unknown>): Promise<Traced> {
  const page = await opened(browser, url, bare);
  await page.goto(url);
  await seen(page);
  await start?.(page);
  await page.waitForTimeout(1000); // it has settled
  const trace = await traced(browser, page, 'measured', async () => {
    await page.evaluate("performance.mark('measured')");
    await page.waitForTimeout(LASTS);
  });
  await page.context().close();
  return trace;
}

const play = async (page: Page) => {
  await page.locator('#viewRate').selectOption('5');
  await page.locator('#viewPlay').click();
};

if (!existsSync(PLACE)) process.stdout.write(JSON.stringify({ missing: PLACE }));
else {
  const browser = await chromium();
  try {
    const finished = await serving(['serve', log], dirname(log));
    const figures = {
      opening: { page: await opening(browser, finished.url), bare: await opening(browser, finished.url, 'fleet') },
      playing: { page: await running(browser, finished.url, undefined, play), bare: await running(browser, finished.url, 'frames') },
    };
    await finished.end();
    const replay = await serving(['replay', recording, '--rate', rate, '--serve', '--quiet', '--output', `${log}.live.csv`], dirname(log));
    const live = { page: await running(browser, replay.url), bare: await running(browser, replay.url, 'events') };
    await replay.end();
    process.stdout.write(JSON.stringify({ ...figures, live }));
  } finally {
    await browser.close();
  }
}
