import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { lastfix } from '../support/lastfix.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { chromium } from './support/chromium.js';
import { colourAt } from './support/colourAt.js';
import { pmtilesOf } from './support/pmtilesOf.js';
import { serving, type Serving } from './support/serving.js';
import { Sight } from './support/Sight.js';

/** Colours of land and water in the two flavours of Protomaps. */
const COLOURS = { light: ['226,223,218', '128,222,234'], dark: ['31,31,31', '49,53,63'] } as const;
/** A picture (PNG) of one pixel, which is of the colour 10, 120, 200. */
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGPgqjgBAAHaAUsQ+/EAAAAAAElFTkSuQmCC', 'base64');

describe('tiles that are given', () => {
  const at = temporaryFolder();
  let browser: Browser;
  let server: Serving;

  const served = async (...tiles: readonly string[]) => (server = await serving(['serve', '--output', 'log.csv', '--tiles', ...tiles], at()));
  before(async () => {
    const row = ([latitude, longitude]: readonly number[], i: number) =>
      `device ${i},${latitude},${longitude},2024-05-01T12:00:00Z,2024-05-01T12:00:0${i}Z,3`;
    const rows = [[10, -60], [10, 60]].map(row);
    writeFileSync(at('recording.csv'), `device_fk_id,latitude,longitude,time_stamp,sts,speed\n${rows.join('\n')}\n`);
    const { status, stderr } = await lastfix(['replay', 'recording.csv', '--rate', 'max', '--output', 'log.csv'], at());
    expect(status, stderr).to.equal(0);
    writeFileSync(at('map.pmtiles'), pmtilesOf('<a href="https://somebody.example">Some &amp; body</a>'));
    browser = await chromium();
  });
  after(() => browser.close());
  afterEach(() => server.end());

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`should show the vector tiles of a file, which no request leaves the machine for, ${colorScheme}`, async () => {
      await served('map.pmtiles');
      const sight = await Sight.open(browser, server.url, { colorScheme });
      const [land, water] = COLOURS[colorScheme];
      for (const zoomed of [false, true]) {
        if (zoomed) await sight.page.locator('.leaflet-control-zoom-in').click();
        await sight.until(() => colourAt(sight, [[8, -9], [8, 9]]), (colours) => colours.join(' ') === `${land} ${water}`);
      }
      await sight.becomes(() => sight.text('ground'), 'Some & body');
      await sight.close();
    });
  }

  it('should give any part of that file, and say when there is none', async () => {
    await served('map.pmtiles');
    const bytes = readFileSync(at('map.pmtiles'));
    const part = async (range: string) => {
      const response = await fetch(`${server.url}tiles.pmtiles`, { headers: range === '' ? {} : { range } });
      const body = Buffer.from(await response.arrayBuffer());
      return [response.status, response.headers.get('content-range'), body.equals(bytes) ? 'all' : body.toString('latin1')];
    };
    const { length } = bytes;
    expect(await part('')).to.deep.equal([200, null, 'all']);
    expect(await part('bytes=0-6')).to.deep.equal([206, `bytes 0-6/${length}`, 'PMTiles']);
    expect(await part('bytes=0-999999')).to.deep.equal([206, `bytes 0-${length - 1}/${length}`, 'all']);
    const end = bytes.subarray(-2).toString('latin1');
    expect(await part(`bytes=${length - 2}-`)).to.deep.equal([206, `bytes ${length - 2}-${length - 1}/${length}`, end]);
    for (const range of [`bytes=${length}-`, 'bytes=5-4', 'bytes=0-1,3-4', 'lines=1-2']) expect((await part(range))[0], range).to.equal(416);
    const other = await lastfix(['serve', '--output', 'log.csv', '--tiles', 'no.pmtiles'], at());
    expect([other.status, other.stderr]).to.deep.equal([1, 'lastfix: cannot read no.pmtiles: no such file or directory (check the path)\n']);
    writeFileSync(at('text.pmtiles'), 'no tiles');
    const text = await lastfix(['serve', '--output', 'log.csv', '--tiles', 'text.pmtiles'], at());
    expect([text.status, text.stderr]).to.deep.equal([
      1,
      'lastfix: text.pmtiles is not a PMTiles file of version 3: give one that ends in .pmtiles, or the address of tiles\n',
    ]);
  });

  for (const lets of [true, false]) {
    describe(`from a server that ${lets ? 'lets' : 'does not let'} pages copy them`, () => {
      let tiles: Server;
      const asked: string[] = [];
      before(async () => {
        tiles = createServer(({ url }, response) => {
          asked.push(url!);
          response.writeHead(200, { 'content-type': 'image/png', ...(lets ? { 'access-control-allow-origin': '*' } : {}) }).end(PIXEL);
        }).listen(0, '127.0.0.1');
        await once(tiles, 'listening');
      });
      after(() => { tiles.close(); });

      it('should show them and whose they are, and save them with the picture or say that it cannot', async () => {
        const place = `http://127.0.0.1:${(tiles.address() as AddressInfo).port}/`;
        await served(`${place}{z}/{x}/{y}.png`, '--tiles-by', '© Some <b>body');
        const sight = await Sight.open(browser, server.url);
        await sight.until(() => colourAt(sight, [[20, -9], [20, 9]]), (colours) => colours.join(' ') === '10,120,200 10,120,200');
        await sight.becomes(() => sight.text('ground'), '© Some <b>body');
        expect(asked.every((url) => /^\/\d+\/\d+\/\d+\.png$/.test(url))).to.equal(true);
        const troubles = await sight.history('trouble', `document.getElementById('trouble').textContent`); // each is gone again soon
        await sight.page.locator('#save').click();
        await sight.becomes(() => sight.page.locator('#save').getAttribute('aria-expanded'), 'true'); // and in its place
        const [download] = await Promise.all([sight.page.waitForEvent('download'), sight.page.locator('#savePicture').click()]);
        const png = readFileSync(await download.path()).toString('base64');
        const corner = await sight.page.evaluate<string>(`(async () => {
          const image = await createImageBitmap(new Blob([Uint8Array.from(atob('${png}'), (c) => c.charCodeAt(0))], { type: 'image/png' }));
          const context = Object.assign(document.createElement('canvas'), { width: 9, height: 99 }).getContext('2d');
          context.drawImage(image, 0, 0);
          return context.getImageData(5, 80, 1, 1).data.slice(0, 3).join();
        })()`);
        expect(corner === '10,120,200').to.equal(lets);
        const isSaid = (text: string) => /^The picture is without \d+ tiles: .* does not let pages copy them\.$/.test(text);
        if (lets) expect(await troubles()).to.deep.equal(['']);
        else await sight.until(troubles, (texts) => texts.some(isSaid));
        if (!lets) sight.wrong.splice(0); // which the browser says by itself of each tile
        const elsewhere = sight.asked.filter((url) => !url.startsWith(server.url) && !url.startsWith('blob:') && !url.startsWith('data:'));
        expect(elsewhere.every((url) => url.startsWith(place))).to.equal(true);
        sight.asked.splice(0, Infinity, ...sight.asked.filter((url) => !url.startsWith(place)));
        await sight.close();
      });
    });
  }
});
