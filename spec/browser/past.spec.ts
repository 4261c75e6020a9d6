import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { formatInstant, parseInstant } from '../../src/index.js';
import { recorded, slowAnswers, type Recorded } from '../support/bruteForce.js';
import { lastfix } from '../support/lastfix.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { chromium } from './support/chromium.js';
import { faintTexts } from './support/faintTexts.js';
import { serving, type Serving } from './support/serving.js';
import { Sight } from './support/Sight.js';

const ARTEFACTS = fileURLToPath(new URL('../../../artefacts/', import.meta.url));
const HOSTILE = ['<img src=x onerror=alert(1)>', '"><script>alert(2)</script>', '../../x', "';--", '%2F', 'a b&c=d#e?f', '\u202Eabc'];
const readable = (time: string) => time.replace('T', ' ').replace(/\.?0*Z$/, '');

describe('the page of a finished log', () => {
  const at = temporaryFolder();
  let browser: Browser;
  let server: Serving;
  let past: Recorded;
  let first: number;
  let last: number;

  before(async () => {
    await lastfix(['generate', '--devices', '5', '--duration', '4m', '--seed', '3', '--output', 'recording.csv'], at());
    const rows = readFileSync(at('recording.csv'), 'utf8').trimEnd().split('\n');
    const time = rows[1]!.split(',').find((field) => field.endsWith('Z'))!;
    const header = rows[0]!.split(',');
    const odd = HOSTILE.map((device, i) => {
      const fields: Record<string, string> = {
        device_fk_id: `"${device.replaceAll('"', '""')}"`,
        latitude: `2${i}.5`,
        longitude: `7${i}.5`,
        time_stamp: time,
        sts: time,
        speed: '3',
      };
      return header.map((name) => fields[name] ?? '').join(',');
    });
    writeFileSync(at('recording.csv'), `${[...rows, ...odd].join('\n')}\n`);
    const { status, stderr } = await lastfix(['replay', 'recording.csv', '--rate', 'max', '--output', 'log.csv'], at());
    expect(status, stderr).to.equal(0);
    past = recorded(readFileSync(at('recording.csv'), 'utf8'));
    const arrivals = past.fixes.map(({ arrival }) => arrival);
    first = arrivals.reduce((least, arrival) => Math.min(least, arrival));
    last = past.end!;
    server = await serving(['serve', '--output', 'log.csv'], at());
    browser = await chromium();
    mkdirSync(ARTEFACTS, { recursive: true });
  });
  after(async () => {
    await browser.close();
    await server.end();
  });

  /** What is told of each device: the two times of its fix, by walking the list with the arrow keys. */
  const shownFleet = async ({ page }: Sight) => {
    const told: Record<string, readonly string[]> = {};
    await page.locator('#list').focus();
    await page.keyboard.press('Home');
    for (;;) {
      const [device, facts] = await page.evaluate<readonly [string, readonly string[]]>(
        `[document.getElementById('name').textContent, [...document.querySelectorAll('#facts dd')].map((fact) => fact.innerText)]`,
      );
      if (device in told) return told; // the end of the list
      told[device] = facts.slice(0, 2);
      await page.keyboard.press('ArrowDown');
    }
  };
  const oracleFleet = (moment: number, by: 'arrival' | 'event') =>
    Object.fromEntries(
      slowAnswers(past, { at: moment, by }).flatMap((told) =>
        told.known === 'fix'
          ? [[told.fix.device, [readable(formatInstant(told.fix.event)), readable(formatInstant(told.fix.arrival))]]]
          : [],
      ),
    );

  it('should show every device, on the map and in the list, and ask nobody else', async () => {
    const sight = await Sight.open(browser, server.url);
    await sight.until(() => sight.text('devices'), (text) => text === String(5 + HOSTILE.length));
    await sight.until(() => sight.painted(), ({ pixels }) => pixels > 300);
    const fleet = oracleFleet(last, 'arrival');
    await sight.becomes(() => shownFleet(sight), fleet);
    await sight.close();
  });

  it('should show the fleet as of any moment by either clock, and how many devices the other shows elsewhere', async () => {
    const sight = await Sight.open(browser, server.url);
    await sight.until(() => sight.page.locator('#slider').isEnabled(), Boolean);
    let differences = 0;
    for (const part of [0, 0.13, 0.5, 0.77]) {
      const position = Math.floor((part * (last - first)) / 1e5) * 100;
      const moment = first + position * 1000;
      const fleets = { arrival: oracleFleet(moment, 'arrival'), event: oracleFleet(moment, 'event') };
      const differing = [...new Set([...Object.keys(fleets.arrival), ...Object.keys(fleets.event)])].filter(
        (device) => fleets.arrival[device]?.[0] !== fleets.event[device]?.[0],
      ).length;
      differences += differing;
      for (const by of ['arrival', 'event'] as const) {
        await sight.page.locator('.clocks label', { has: sight.page.locator(`#${by}`) }).click();
        await sight.page.locator('#slider').fill(String(position));
        await sight.until(
          () => sight.text('explained'),
          (text) =>
            text.includes(by === 'arrival' ? 'had arrived' : 'arrived later') &&
            (differing === 0 ? text.includes('the same') : text.includes(` ${differing} device`)),
        );
        await sight.becomes(() => sight.text('moment'), formatInstant(moment).slice(11, 19));
        await sight.becomes(() => shownFleet(sight), fleets[by], `${part} by ${by}`);
      }
    }
    expect(differences, 'the two clocks must differ somewhere').to.be.greaterThan(0);
    await sight.page.locator('#live').click();
    await sight.until(() => sight.text('explained'), (text) => text.startsWith('Latest'));
    await sight.becomes(() => sight.page.locator('#live').getAttribute('aria-pressed'), 'true');
    await sight.close();
  });

  it('should leave the name of a device text, whatever it is', async () => {
    const sight = await Sight.open(browser, server.url);
    for (const device of HOSTILE) {
      await sight.page.locator('#filter').fill(device);
      await sight.until(() => sight.text('shown'), (text) => text.startsWith('1 of'));
      await sight.page.locator('#filter').press('Enter');
      await sight.until(() => sight.page.locator('#name').textContent(), (name) => name === device);
      await sight.becomes(() => sight.page.locator('.row .id').first().textContent(), device);
      await sight.until(() => sight.text('track'), (text) => text === '1 fix, 0 m.');
    }
    expect(await sight.page.locator('main img, main script').count()).to.equal(0);
    await sight.close();
  });

  it('should come back to what its address names', async () => {
    const moment = parseInstant(`${formatInstant(first + 60e6).slice(0, 19)}Z`)!;
    const [device] = Object.keys(oracleFleet(moment, 'event'));
    const sight = await Sight.open(
      browser,
      `${server.url}#${new URLSearchParams({ device: device!, at: formatInstant(moment), by: 'event' }).toString()}`,
    );
    await sight.until(
      () => sight.page.locator('#facts dd').allInnerTexts(),
      (facts) => facts[0] === oracleFleet(moment, 'event')[device!]![0],
    );
    await sight.becomes(() => sight.page.locator('#event').isChecked(), true);
    await sight.becomes(() => sight.text('name'), device);
    await sight.close();
  });

  it('should say that it is finished, and have no replay to steer', async () => {
    const sight = await Sight.open(browser, server.url);
    await sight.until(() => sight.text('state'), (text) => text === 'finished');
    await sight.becomes(() => sight.text('live'), 'Latest');
    for (const id of ['play', 'step', 'rate']) await sight.becomes(() => sight.page.locator(`#${id}`).isVisible(), false, id);
    await sight.close();
  });

  const momentIn = (url: string) => parseInstant(new URLSearchParams(new URL(url).hash.slice(1)).get('at') ?? '');
  const shownMoment = ({ page }: Sight) => Promise.resolve(momentIn(page.url()));
  /** The moment that is shown: the address follows it only when it has stood still for a while. */
  const copiedMoment = async (sight: Sight) => {
    const { page } = sight;
    await page.evaluate(`navigator.clipboard.writeText('')`);
    await page.locator('#copy').click();
    return momentIn(await sight.until(() => page.evaluate<string>('navigator.clipboard.readText()'), (text) => text !== ''))!;
  };

  for (const by of ['arrival', 'event'] as const) {
    it(`should play, and show what was known or so at five moments, by ${by}`, async () => {
      const sight = await Sight.open(browser, `${server.url}#by=${by}`);
      await sight.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await sight.page.locator('#viewRate').selectOption('50');
      await sight.page.locator('#viewLoop').click(); // it plays until it has been seen
      await sight.page.locator('#list').focus();
      const position = async () => Number(await sight.page.locator('#slider').inputValue());
      for (let i = 0; i < 5; i++) {
        const before = await position();
        await sight.page.keyboard.press('Space');
        await sight.becomes(() => sight.page.locator('#viewPlay').getAttribute('aria-label'), 'Pause');
        await sight.until(position, (now) => Math.abs(now - before) > 15_000);
        await sight.page.keyboard.press('Space');
        await sight.becomes(() => sight.page.locator('#viewPlay').getAttribute('aria-label'), 'Play');
        const moment = await copiedMoment(sight);
        await sight.becomes(() => shownFleet(sight), oracleFleet(moment, by), formatInstant(moment));
      }
      await sight.close();
    });
  }

  it('should ring late fixes while it plays, when they arrived', async () => {
    const newest = new Map<string, number>();
    const late = past.fixes.filter(({ device, event, arrival }) => {
      const isLate = event < (newest.get(device) ?? -Infinity);
      newest.set(device, Math.max(event, newest.get(device) ?? -Infinity));
      return isLate && arrival > first + 20e6;
    });
    const calm = late.findIndex(({ arrival }, i) => i > 0 && arrival - late[i - 1]!.arrival > 4e6); // nothing is late for some seconds
    const [before, next] = [late[calm - 1]!.arrival, late[calm]!.arrival];
    const sight = await Sight.open(browser, `${server.url}#at=${formatInstant(before + 1e5)}`);
    const ringed = () =>
      sight.page.evaluate<boolean>(`(() => {
        const { width, height } = document.querySelector('.leaflet-late-pane canvas');
        const copy = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d', { willReadFrequently: true });
        copy.drawImage(document.querySelector('.leaflet-late-pane canvas'), 0, 0);
        return copy.getImageData(0, 0, width, height).data.some((value) => value > 0);
      })()`);
    await sight.page.locator('#viewRate').selectOption('1');
    expect(await ringed()).to.equal(false);
    const moments = await sight.history('moment', `document.getElementById('moment').textContent`);
    await sight.page.locator('#viewPlay').click();
    await sight.until(ringed, Boolean);
    expect((await moments()).at(-1)! >= formatInstant(next).slice(11, 19), `${(await moments()).at(-1)!} is before ${formatInstant(next)}`).to.equal(true);
    await sight.close();
  });

  it('should play to the end, and begin anew there if it is to', async () => {
    const sight = await Sight.open(browser, server.url);
    const play = sight.page.locator('#viewPlay');
    await sight.page.locator('#viewRate').selectOption('200');
    const pressed = await sight.history('live', `document.getElementById('live').getAttribute('aria-pressed')`);
    await play.click();
    await sight.becomes(pressed, ['true', 'false', 'true']);
    await sight.becomes(() => play.getAttribute('aria-label'), 'Play');
    await sight.page.locator('#viewLoop').click();
    const times = await sight.history('moment', `document.getElementById('moment').textContent`);
    await play.click();
    const turns = async () => (await times()).filter((text, i, texts) => i > 0 && text < texts[i - 1]!);
    await sight.until(turns, ({ length }) => length >= 3); // from the end to the first, and twice more
    expect(await play.getAttribute('aria-label')).to.equal('Pause');
    await sight.close();
  });

  it('should step to the next change and to the one before, of the chosen device or of all', async () => {
    const moment = first + 100e6;
    const { device } = past.fixes.find(({ event }) => event > moment)!;
    const sight = await Sight.open(browser, `${server.url}#at=${formatInstant(moment)}`);
    const changes = (only?: string) => {
      const newest = new Map<string, number>();
      const moments = past.fixes.flatMap((fix) => {
        if (fix.event <= (newest.get(fix.device) ?? -Infinity)) return [];
        newest.set(fix.device, fix.event);
        return only === undefined || fix.device === only ? [fix.arrival] : [];
      });
      return [...new Set(moments)].sort((a, b) => a - b);
    };
    for (const only of [undefined, device]) {
      if (only !== undefined) {
        await sight.page.locator('#filter').fill(only);
        await sight.page.locator('#filter').press('Enter');
        await sight.page.locator('h1').click();
      }
      for (const [key, next] of [
        ['ArrowRight', (at: number) => changes(only).find((other) => other > at)],
        ['ArrowRight', (at: number) => changes(only).find((other) => other > at)],
        ['ArrowLeft', (at: number) => changes(only).findLast((other) => other < at)],
      ] as const) {
        const expected = next((await sight.until(() => shownMoment(sight), (at) => at !== undefined))!);
        await sight.page.locator('body').press(key);
        await sight.until(() => shownMoment(sight), (at) => at === expected);
      }
    }
    await sight.close();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const viewport of [{ width: 1280, height: 800 }, { width: 390, height: 844 }, { width: 360, height: 640 }]) {
      it(`should be readable and fit into ${viewport.width} by ${viewport.height} px, ${colorScheme}`, async () => {
        const sight = await Sight.open(browser, server.url, { viewport, colorScheme });
        await sight.until(() => sight.painted(), ({ pixels }) => pixels > 300);
        const look = async () => {
          const seen = () => sight.page.evaluate<{ count: number; faint: string[] }>(faintTexts);
          await sight.until(seen, ({ count, faint }) => count > 40 && faint.length === 0);
          await sight.until(() => sight.page.evaluate<number>('document.documentElement.scrollWidth'), (wide) => wide <= viewport.width);
        };
        await look();
        await sight.page.locator('.row').nth(2).click();
        await sight.page.locator('#detail').waitFor();
        await look();
        await sight.page.screenshot({ path: `${ARTEFACTS}past-${viewport.width}-${colorScheme}.png`, fullPage: viewport.width < 800 });
        await sight.close();
      });
    }
  }
});
