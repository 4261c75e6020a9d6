import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { lastfix } from '../support/lastfix.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { chromium } from './support/chromium.js';
import { serving, type Serving } from './support/serving.js';
import { Sight } from './support/Sight.js';

const time = (second: number) => new Date(Date.UTC(2024, 4, 1, 12) + second * 1000).toISOString();
const DEVICES = 100_000;
/** Degrees that three devices were away when they said so, which is known only later. */
const AWAY: Readonly<Record<string, number>> = { 'd 500': 2, 'd 7': 0.5, 'd 90000': 0.0005 };

describe('a fleet of a hundred thousand', () => {
  const at = temporaryFolder();
  let browser: Browser;
  let server: Serving;

  before(async () => {
    const lines = ['device_fk_id,latitude,longitude,time_stamp,sts,speed,depot'];
    for (let i = 0; i < DEVICES; i++) {
      const device = `d ${i}`;
      const place = [10 + (i % 300) / 20, 70 + Math.floor(i / 300) / 20] as const;
      lines.push(`${device},${place[0]},${place[1]},${time(0)},${time(1)},${i % 90},${i === 4321 ? 'Ulm' : 'Bonn'}`);
      if (device in AWAY) lines.push(`${device},${place[0]},${place[1] + AWAY[device]!},${time(30)},${time(90)},5,Bonn`);
    }
    writeFileSync(at('recording.csv'), `${lines.join('\n')}\n`);
    const { status, stderr } = await lastfix(['replay', 'recording.csv', '--rate', 'max', '--output', 'log.csv'], at());
    expect(status, stderr).to.equal(0);
    server = await serving(['serve', '--output', 'log.csv'], at());
    browser = await chromium();
  });
  after(async () => {
    await browser.close();
    await server.end();
  });

  it('should list where the clocks differ by more than 100 m, the furthest first, and lead there', async () => {
    const sight = await Sight.open(browser, `${server.url}#at=${time(60)}`);
    await sight.until(() => sight.text('differCount'), (text) => text === 'Where they differ: 2 devices');
    await sight.page.locator('#differs summary').click();
    const texts = await sight.until(() => sight.page.locator('#differRows .both').allInnerTexts(), (rows) => rows.length === 2);
    expect(texts[0])
      .to.match(/^d 500\s+2\d\d\.\d km/)
      .and.to.include('12:00:00 · 20.0000, 70.0500')
      .and.to.include('12:00:30 · 20.0000, 72.0500');
    expect(texts[1]).to.match(/^d 7\s+5\d\.\d km/);
    await sight.page.locator('#differRows .both').nth(1).click();
    await sight.until(() => sight.text('name'), (name) => name === 'd 7');
    const sightOf = async () => (await sight.page.locator('#map').getAttribute('data-sight'))!.split(',').map(Number);
    await sight.until(sightOf, ([west, , east]) => west! > 69.5 && west! < 70 && east! > 70.5 && east! < 71.2);
    await sight.close();
  });

  it('should scroll through all, sort them, and find what an extra column says', async () => {
    const sight = await Sight.open(browser, server.url);
    const rows = () => sight.page.locator('#rows .row .id').allInnerTexts();
    await sight.until(() => sight.text('shown'), (text) => text === '100,000 devices');
    await sight.page.evaluate(`document.getElementById('list').scrollTop = 50000 * 40`);
    await sight.until(rows, (ids) => ids.includes('d 50001'));
    // judged against what a sort of all takes here and now: the machine may be slow
    const usual = await sight.page.evaluate<{ readonly scroll: number; readonly sort: number }>(`new Promise((resolve) => {
      const list = document.getElementById('list');
      const ids = Array.from({ length: ${DEVICES} }, (_, i) => 'd ' + (i * 7919) % ${DEVICES});
      const scrolls = [], sorts = [];
      const timed = (work, took) => { const start = performance.now(); work(); took.push(performance.now() - start); };
      const scroll = () => { list.scrollTop += 4000; list.dispatchEvent(new Event('scroll')); };
      const middle = (took) => took.sort((a, b) => a - b)[took.length >> 1];
      const frame = () => {
        timed(scroll, scrolls);
        timed(() => [...ids].sort(), sorts);
        if (scrolls.length < 31) requestAnimationFrame(frame);
        else resolve({ scroll: middle(scrolls), sort: middle(sorts) });
      };
      requestAnimationFrame(frame);
    })`);
    expect(usual.scroll, `ms that a frame of scrolling usually takes, where a sort of all takes ${usual.sort}`).to.be.lessThan(usual.sort / 4);
    await sight.page.locator('#order').selectOption('speed');
    await sight.page.locator('#list').press('Home');
    await sight.until(rows, (ids) => ids[0] === 'd 89' && ids[1] === 'd 179');
    await sight.page.locator('#kind').selectOption('standing');
    await sight.until(() => sight.text('shown'), (text) => text === '1,111 of 100,000 devices');
    await sight.page.locator('#kind').selectOption('all');
    await sight.page.locator('#filter').fill('ulm');
    await sight.until(rows, (ids) => ids.join() === 'd 4321');
    await sight.close();
  });
});
