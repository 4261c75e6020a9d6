import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Browser, Download } from 'playwright-core';
import { lastfix } from '../support/lastfix.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { chromium } from './support/chromium.js';
import { groundAt } from './support/groundAt.js';
import { serving, type Serving } from './support/serving.js';
import { Sight } from './support/Sight.js';

const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed,driver';
const time = (second: number) => new Date(Date.UTC(2024, 4, 1, 12) + second * 1000).toISOString();
const EVERY = 30; // s
const SHOWN = 1100; // s
const BUS = 'bus/1, "a"';
const FORMATS = [['GeoJSON', 'geojson'], ['CSV', 'csv'], ['GPX', 'gpx'], ['KML', 'kml']] as const;

/**
 * An expression for the page: the sizes of a picture and of what is seen, the share of its map's pixels that differ from
 * that, and of each of its first lines of text, the share that is as these words are written.
 */
const compared = (picture: string, seen: string, lines: readonly string[]) => `(async () => {
  const [saved, shown] = await Promise.all(${JSON.stringify([picture, seen])}.map((png) => createImageBitmap(new Blob([Uint8Array.from(atob(png), (c) => c.charCodeAt(0))], { type: 'image/png' }))));
  const pixels = (image, x, y, width, height) => {
    const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d', { willReadFrequently: true });
    context.drawImage(image, -x, -y);
    return context.getImageData(0, 0, width, height).data;
  };
  const differ = (a, b, i) => [0, 1, 2].some((c) => Math.abs(a[i + c] - b[i + c]) > 24);
  const share = (a, b) => { let other = 0; for (let i = 0; i < a.length; i += 4) if (differ(a, b, i)) other++; return other / (a.length / 4); };
  const sharp = devicePixelRatio;
  const map = document.getElementById('map');
  const [width, height] = [map.clientWidth * sharp, map.clientHeight * sharp];
  const style = getComputedStyle(document.documentElement);
  const lines = ${JSON.stringify(lines)}.map((text, i) => {
    const box = [0, height + (12 + i * 20) * sharp, width, 20 * sharp];
    const written = Object.assign(document.createElement('canvas'), { width: box[2], height: box[3] });
    const context = written.getContext('2d');
    context.fillStyle = style.getPropertyValue('--panel');
    context.fillRect(0, 0, box[2], box[3]);
    const [there, blank] = [pixels(saved, ...box), pixels(written, 0, 0, box[2], box[3])];
    context.scale(sharp, sharp);
    context.font = (i === 0 ? '600 ' : '') + '13px Inter, system-ui, sans-serif';
    context.fillStyle = style.getPropertyValue('--text');
    context.fillText(text, 12, 14);
    const expected = pixels(written, 0, 0, box[2], box[3]);
    return share(there, blank) < share(expected, blank) / 2 ? 0 : 1 - share(there, expected) / share(expected, blank);
  });
  return { sizes: [saved.width, saved.height, width, height], other: share(pixels(saved, 0, 0, width, height), pixels(shown, 0, 0, width, height)), lines };
})()`;

describe('saving what is shown', () => {
  const at = temporaryFolder();
  let browser: Browser;
  let servers: readonly Serving[] = [];

  before(async () => {
    const rows = Array.from({ length: 40 }, (_, i) => {
      const delay = i % 6 === 5 ? 45 : 1; // the sixth of each comes late
      return [
        `"${BUS.replaceAll('"', '""')}",${(20 + i / 20).toFixed(2)},${(75 + i / 20).toFixed(2)},${time(i * EVERY)},${time(i * EVERY + delay)},${i}.50,Ada`,
        `truck,21.5,${(75 + i / 40).toFixed(3)},${time(i * EVERY)},${time(i * EVERY + 3)},,`,
      ];
    });
    writeFileSync(at('recording.csv'), `${[HEADER, ...rows.flat()].join('\n')}\n`);
    const { status, stderr } = await lastfix(['replay', 'recording.csv', '--rate', 'max', '--output', 'log.csv'], at());
    expect(status, stderr).to.equal(0);
    servers = await Promise.all([
      serving(['serve', '--output', 'log.csv'], at()),
      serving(['serve', '--output', 'log.csv', '--token', 'secret_token'], at()),
    ]);
    browser = await chromium();
  });
  after(async () => {
    await browser.close();
    for (const server of servers) await server.end();
  });

  const queried = async (args: readonly string[]) => {
    const { status, stdout, stderr } = await lastfix(['query', ...args, '--output', 'log.csv'], at());
    expect(status, stderr).to.equal(0);
    return stdout;
  };
  /** Waits until the menu is open and in its place, or away. */
  const menuIs = (sight: Sight, open: boolean) => sight.becomes(() => sight.page.locator('#save').getAttribute('aria-expanded'), String(open));
  const open = async (sight: Sight) => {
    await sight.page.locator('#save').click();
    await menuIs(sight, true);
  };
  const saved = async (sight: Sight, press: () => Promise<unknown>) => {
    const [download] = await Promise.all([sight.page.waitForEvent('download'), press()]);
    await menuIs(sight, false);
    return download;
  };
  const bytesOf = async (download: Download) => readFileSync(await download.path());

  for (const by of ['arrival', 'event'] as const) {
    it(`should save the fleet and the track in every format as \`lastfix query\` writes them, by ${by}`, async () => {
      const hash = `#device=${encodeURIComponent(BUS)}&at=${time(SHOWN)}&by=${by}`;
      const sight = await Sight.open(browser, `${servers[0]!.url}${hash}`);
      await sight.page.locator('#reach').selectOption('15');
      await sight.until(() => sight.text('track'), (text) => text.includes('fixes'));
      const from = time(SHOWN - 15 * 60);
      for (const [name, ending] of FORMATS) {
        await open(sight);
        const fleet = await saved(sight, () => sight.page.getByRole('link', { name: `All devices as ${name}` }).click());
        expect(fleet.suggestedFilename()).to.equal(`fleet-2024-05-01T12-18-20Z.${ending}`);
        expect((await bytesOf(fleet)).toString()).to.equal(await queried(['--all', time(SHOWN), '--by', by, '--format', ending]));
        await open(sight);
        const track = await saved(sight, () => sight.page.getByRole('link', { name: `Track of ${BUS} as ${name}` }).click());
        expect(track.suggestedFilename()).to.equal(`bus_1_a_-track-2024-05-01T12-18-20Z.${ending}`);
        const upTo = by === 'arrival' ? ['--known-at', time(SHOWN)] : ['--to', time(SHOWN)];
        expect((await bytesOf(track)).toString()).to.equal(await queried([BUS, '--from', from, ...upTo, '--format', ending]));
      }
      await sight.close();
    });
  }

  it('should save where a token guards the server', async () => {
    const sight = await Sight.open(browser, `${new URL(servers[1]!.url).origin}/?token=secret_token`);
    await sight.until(() => sight.text('devices'), (text) => text === '2');
    await open(sight);
    const fleet = await saved(sight, () => sight.page.getByRole('link', { name: 'All devices as CSV' }).click());
    expect((await bytesOf(fleet)).toString()).to.equal(await queried(['--all', '--format', 'csv']));
    await sight.close();
  });

  for (const [deviceScaleFactor, colorScheme] of [[1, 'light'], [2, 'dark']] as const) {
    it(`should save a picture of the map as it is seen, and say what it shows, ${colorScheme}`, async () => {
      const hash = `#device=${encodeURIComponent(BUS)}&at=${time(SHOWN)}&by=event`;
      const options = { deviceScaleFactor, colorScheme, viewport: { width: 900, height: 700 }, timezoneId: 'Asia/Kolkata' };
      const sight = await Sight.open(browser, `${servers[0]!.url}${hash}`, options);
      await sight.until(() => sight.text('track'), (text) => text.includes('fixes'));
      await sight.page.locator('#near').click();
      await sight.until(() => groundAt(sight, [[20.63, 76.37]]), (seen) => seen.every(({ is }) => is === 'land'));
      await open(sight);
      const download = await saved(sight, () => sight.page.locator('#savePicture').click());
      expect(download.suggestedFilename()).to.equal('bus_1_a_-map-2024-05-01T12-18-20Z.png');
      const picture = (await bytesOf(download)).toString('base64');
      await sight.page.evaluate(`(() => {
        for (const over of document.querySelectorAll('.below, .fit, .tip, .leaflet-control-container')) over.style.visibility = 'hidden';
      })()`);
      const seen = (await sight.page.locator('#map').screenshot()).toString('base64');
      const expression = compared(picture, seen, [
        '2024-05-01 12:18:20 UTC, as recorded: where everyone was then',
        '2 devices of log.csv',
        `Device ${BUS}, with its track of the last hour`,
      ]);
      const found = await sight.page.evaluate<{ sizes: readonly number[]; other: number; lines: readonly number[] }>(expression);
      const [width, height, mapWidth, mapHeight] = found.sizes;
      expect(width).to.equal(mapWidth);
      expect(height).to.be.within(mapHeight! + 100 * deviceScaleFactor, mapHeight! + 260 * deviceScaleFactor);
      expect(found.other, 'share of pixels that differ from what is seen').to.be.lessThan(0.001);
      for (const line of found.lines) expect(line, 'share of a line of text that is as it should be').to.be.greaterThan(0.98);
      await sight.close();
    });
  }

  it('should say why there is no picture, and go on', async () => {
    const sight = await Sight.open(browser, servers[0]!.url);
    await sight.until(() => sight.text('devices'), (text) => text === '2');
    await sight.page.evaluate('HTMLCanvasElement.prototype.toBlob = (made) => { setTimeout(made, 0, null); }');
    await open(sight);
    await sight.page.locator('#savePicture').click();
    await sight.until(() => sight.text('trouble'), (text) => text.startsWith('The picture cannot be saved: the browser cannot make a picture of'));
    await sight.page.locator('.row').first().click();
    await sight.until(() => sight.text('name'), (name) => name === BUS);
    await sight.close();
  });

  it('should be used by the keyboard alone, and fit 320 px', async () => {
    const sight = await Sight.open(browser, servers[0]!.url, { viewport: { width: 320, height: 568 } });
    await sight.until(() => sight.text('devices'), (text) => text === '2');
    const { keyboard } = sight.page;
    await keyboard.press('s');
    await menuIs(sight, true);
    const focused = () => sight.page.evaluate<string>('document.activeElement.textContent');
    await sight.until(focused, (text) => text === 'Picture (PNG)');
    expect(await sight.text('saveTrackOf')).to.equal('Choose a device to save its track.');
    await sight.until(
      () => sight.page.locator('#saving').boundingBox(),
      (box) => box !== null && box.x >= 0 && box.y >= 0 && box.x + box.width <= 320 && box.y + box.height <= 568,
    );
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await sight.until(focused, (text) => text === 'CSV');
    const fleet = await saved(sight, () => keyboard.press('Enter'));
    expect(fleet.suggestedFilename()).to.match(/^fleet-2024-05-01T.*Z\.csv$/);
    await sight.until(() => sight.page.locator('#saving').isHidden(), Boolean);
    await sight.page.locator('.row').first().click();
    await sight.until(() => sight.text('name'), (name) => name === BUS);
    await keyboard.press('s');
    await menuIs(sight, true);
    await keyboard.press('Escape');
    await sight.until(() => sight.page.locator('#saving').isHidden(), Boolean);
    expect(await sight.page.locator('#detail').isVisible(), 'the device is still chosen').to.equal(true);
    await sight.close();
  });
});
