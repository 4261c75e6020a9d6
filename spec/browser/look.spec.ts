import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { finishedLog } from './support/finishedLog.js';
import { pixelOf } from './support/pixelOf.js';
import type { Sight } from './support/Sight.js';

const HEADER = 'device_fk_id,latitude,longitude,time_stamp,sts,speed,driver';
const time = (second: number) => new Date(Date.UTC(2024, 4, 1, 12) + second * 1000).toISOString();
const FIXES = 20;
const EVERY = 30; // s
/** Where the bus is by its own clock; each fix arrives 2 s later, but the tenth two minutes. */
const bus = (i: number) => [20 + i / 10, 75 + i / 10] as const;
const delay = (i: number) => (i === 10 ? 120 : 2);

describe('looking at the map', () => {
  let sight: Sight;

  const log = finishedLog((path) => {
    const rows = Array.from({ length: FIXES }, (_, i) => {
      const [latitude, longitude] = bus(i);
      return `bus,${latitude},${longitude},${time(i * EVERY)},${time(i * EVERY + delay(i))},${i},Ada`;
    });
    rows.push(`depot,19,80,${time(0)},${time(1)},0,`);
    writeFileSync(path, `${[HEADER, ...rows].join('\n')}\n`);
  });

  const hash = () => new URLSearchParams(new URL(sight.page.url()).hash.slice(1));
  /** What is said where the map shows a fix. */
  const saidAt = async (i: number) => {
    const { x, y } = await pixelOf(sight, bus(i));
    await sight.page.mouse.move(x + 2, y);
    return sight.page.evaluate<Record<string, string>>(`(() => {
      const tip = document.getElementById('tip');
      const facts = [...tip.querySelectorAll('dt')].map((name) => [name.innerText, name.nextElementSibling.innerText]);
      return tip.hidden ? {} : { ...Object.fromEntries(facts), kind: tip.querySelector('.hint').textContent };
    })()`);
  };
  const readable = (second: number) => time(second).replace('T', ' ').slice(0, 19);
  const lookingAt = async (of: Sight) => (await of.page.locator('#map').getAttribute('data-sight'))!.split(',').map(Number);

  it('should leave the map where it is while the view plays, as long as all are in sight', async () => {
    sight = await log.open(`#at=${time(5)}`);
    const sights = await sight.history('map', `document.getElementById('map').dataset.sight`);
    await sight.page.locator('#viewRate').selectOption('20');
    await sight.page.locator('#viewPlay').click();
    await sight.until(() => sight.text('moment'), (text) => text >= readable(3 * EVERY + 5).slice(11)); // the bus has moved on
    expect(await sights()).to.have.length(1);
  });

  it('should say what is under the pointer: a device, and a fix of its track', async () => {
    sight = await log.open(`#device=bus&at=${time(15 * EVERY + 2)}`);
    await sight.until(() => sight.text('track'), (text) => text.startsWith('16 fixes'));
    await sight.page.locator('#near').click();
    for (const [i, kind, age] of [
      [15, '', '2 s'],
      [7, 'on its track', '4 min 2 s'],
      [10, 'on its track', '2 min 32 s'],
    ] as const) {
      await sight.becomes(() => saidAt(i), {
        recorded: readable(i * EVERY),
        arrived: readable(i * EVERY + delay(i)),
        delay: delay(i) === 2 ? '2 s' : '2 min',
        age,
        position: bus(i).map((degrees) => degrees.toFixed(5)).join(', '),
        speed: String(i),
        driver: 'Ada',
        kind,
      });
    }
    await sight.page.mouse.move(5, 5);
    await sight.until(() => sight.page.locator('#tip').isHidden(), Boolean);
  });

  it('should draw in charts that are loaded last what is known by then', async () => {
    sight = await log.open(`#device=bus&at=${time(15 * EVERY + 2)}`);
    await sight.page.route('**/page/charts.js', async (route) => {
      await sight.until(() => sight.text('track'), (text) => text.startsWith('16 fixes'));
      await route.continue();
    });
    await sight.page.reload();
    await sight.ready();
    await sight.becomes(() => sight.text('countedChanges'), '20');
    const times = await sight.page.evaluate<number>(`(() => {
      const place = document.getElementById('deviceChart');
      return place.clientHeight - place.querySelector('.u-over').clientHeight;
    })()`);
    expect(times, 'px below what is drawn').to.be.above(20);
  });

  it('should go to the moment of a fix that is clicked, on the map and in the chart', async () => {
    sight = await log.open(`#device=bus&at=${time(15 * EVERY + 2)}&by=event`);
    await sight.until(() => sight.text('track'), (text) => text.startsWith('16 fixes'));
    await sight.page.locator('#near').click();
    await sight.until(() => saidAt(12), ({ recorded }) => recorded === readable(12 * EVERY));
    await sight.page.mouse.down();
    await sight.page.mouse.up();
    await sight.until(() => sight.text('moment'), (text) => text === time(12 * EVERY).slice(11, 19));
    await sight.until(() => sight.text('track'), (text) => text.startsWith('13 fixes'));
    await sight.until(
      () => sight.page.evaluate<readonly number[]>(`['#deviceChart', '#deviceChart .uplot'].map((of) => document.querySelector(of).clientWidth)`),
      ([place, chart]) => place === chart,
    );
    const plot = (await sight.page.locator('#deviceChart .u-over').boundingBox())!;
    await sight.page.mouse.move(plot.x + (plot.width * 3) / 12, plot.y + plot.height / 2);
    await sight.page.mouse.click(plot.x + (plot.width * 3) / 12, plot.y + plot.height / 2);
    await sight.until(() => sight.text('moment'), (text) => text === time(3 * EVERY).slice(11, 19));
  });

  it('should follow the chosen device while it plays, until somebody drags the map', async () => {
    sight = await log.open(`#device=bus&at=${time(60)}&map=9/20.2/75.2`);
    await sight.page.locator('#follow').click();
    await sight.page.locator('#viewRate').selectOption('50');
    await sight.page.locator('#viewLoop').click(); // it plays until it has been seen
    await sight.page.locator('#viewPlay').click();
    const PIXEL = 360 / 256 / 2 ** 9; // degrees of longitude
    await sight.until(
      () => sight.page.evaluate<readonly [string, string]>(`[document.getElementById('map').dataset.sight, document.getElementById('viewPlay').dataset.playing]`),
      ([bounds, playing]) => {
        const [west, , east] = bounds.split(',').map(Number);
        const isInMiddle = (i: number) => Math.abs((west! + east!) / 2 - bus(i)[1]) < 3 * PIXEL;
        return playing === 'true' && [8, 9, 11, 12, 13, 14, 15, 16, 17, 18].some(isInMiddle);
      },
    );
    await sight.page.mouse.move(400, 300);
    await sight.page.mouse.down();
    await sight.page.mouse.move(500, 350, { steps: 4 });
    await sight.page.mouse.up();
    await sight.until(() => sight.page.locator('#follow').getAttribute('aria-pressed'), (pressed) => pressed === 'false');
  });

  it('should keep in its address where the map looks, and look there again', async () => {
    sight = await log.open();
    await sight.page.locator('.leaflet-control-zoom-in').click();
    const map = await sight.until(() => Promise.resolve(hash().get('map')), (text) => text !== null);
    const other = await log.open(`#map=${map}`);
    await sight.until(
      async () => [await lookingAt(sight), await lookingAt(other)] as const,
      ([seen, again]) => seen.every((degrees, i) => Math.abs(degrees - again[i]!) < (seen[2]! - seen[0]!) / 300), // some pixels
    );
    await other.page.evaluate(`location.hash = 'map=6/-30/150'`);
    await other.until(
      () => lookingAt(other),
      ([west, south, east, north]) => Math.abs((west! + east!) / 2 - 150) < 0.01 && south! < -30 && north! > -30,
    );
    await sight.page.locator('#fit').click();
    await sight.until(() => Promise.resolve(hash().get('map')), (text) => text === null);
  });

  it('should copy a link to what is seen', async () => {
    sight = await log.open(`#device=bus&at=${time(90)}`);
    await sight.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await sight.page.locator('#event').check({ force: true });
    const said = await sight.history('copy', `document.getElementById('copy').textContent`);
    await sight.page.locator('#copy').click();
    await sight.until(said, (texts) => texts.includes('Copied'));
    const copied = new URL(await sight.page.evaluate<string>('navigator.clipboard.readText()'));
    expect(Object.fromEntries(new URLSearchParams(copied.hash.slice(1)))).to.deep.equal({
      device: 'bus',
      at: time(90).replace('Z', '000Z'),
      by: 'event',
    });
  });

  it('should go to a time that is typed, in UTC or local time as the switch says, which is remembered', async () => {
    sight = await log.open('', { timezoneId: 'Asia/Kolkata' });
    const typed = sight.page.locator('#typed');
    const type = async (text: string, shown: string) => {
      await typed.fill(text);
      await typed.press('Enter');
      await sight.until(() => sight.text('moment'), (now) => now === shown);
    };
    await type('12:01:30', '12:01:30');
    await type('2024-05-01T12:02:00Z', '12:02:00');
    await sight.page.locator('#zone').click();
    await sight.until(() => sight.text('moment'), (now) => now === '17:32:00');
    await type('17:33', '17:33:00');
    await sight.until(() => Promise.resolve(hash().get('at')), (text) => text === '2024-05-01T12:03:00.000000Z');
    await sight.page.reload();
    await sight.ready();
    await sight.until(() => sight.text('moment'), (now) => now === '17:33:00');
    await typed.fill('noon');
    await typed.press('Enter');
    await sight.until(
      () => sight.page.evaluate<string>(`document.getElementById('typed').validationMessage`),
      (message) => message.includes('not a valid time'),
    );
    await typed.fill('');
  });
});
