import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { flushOf } from '../../src/page/api/flushOf.js';
import type { ServedFlush } from '../../src/page/api/served.js';
import type { PackedFleet, PackedFlush, Told, Wish } from '../../src/page/reader/Messages.js';
import { unpacked } from '../../src/page/reader/unpacked.js';
import { instantOf } from '../../src/page/model/instantOf.js';
import { sighting } from '../../src/page/model/Sighting.js';
import { lastfix } from '../support/lastfix.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { served, time } from '../page/support/served.js';
import { chromium } from './support/chromium.js';
import { ScriptedServer } from './support/ScriptedServer.js';
import { serving, type Serving } from './support/serving.js';
import { Sight } from './support/Sight.js';

const flush = (second: number): ServedFlush => ({
  stream_time: time(second),
  changes: [served('a', second), { ...served('b "2"', second - 1, second), speed: null, gear: 'R' } as ReturnType<typeof served>],
  late: [{ ...served('a', second - 9, second), reason: 'late', latest_event_time: time(second) } as ReturnType<typeof served>],
});

/** Asks until an answer will do; fails with the last one. */
async function until<T>(ask: () => Promise<T>, isSo: (value: T) => boolean): Promise<T> {
  const end = Date.now() + 240_000;
  for (;;) {
    const value = await ask();
    if (isSo(value)) return value;
    if (Date.now() > end) throw new Error(`it stayed ${JSON.stringify(value)}`);
  }
}

describe('the reader of the page', () => {
  let browser: Browser;
  before(async () => { browser = await chromium(); });
  after(() => browser.close());

  describe('as a worker of any page', () => {
    let server: ScriptedServer;
    let page: Page;
    beforeEach(async () => {
      server = await ScriptedServer.start(JSON.stringify({ at: time(9), fixes: flush(8).changes }));
      page = await browser.newPage();
      page.setDefaultTimeout(0); // the spec has an end of its own
      await page.goto(server.url);
      await page.evaluate(`{
        window.told = [];
        const shown = (key, value) => (ArrayBuffer.isView(value) ? { of: [...value].map(String) } : value); // NaN is no JSON
        window.reader = new Worker('page/reader.js');
        reader.addEventListener('message', ({ data }) => told.push(JSON.stringify(data, shown)));
      }`);
    });
    afterEach(async () => {
      await page.close();
      server.end();
    });

    const ask = (id: number, wish: Wish) => page.evaluate(`reader.postMessage(${JSON.stringify({ id, wish })})`);
    const told = async (): Promise<readonly Told[]> => {
      const texts = await page.evaluate<string[]>('told');
      const seen = (_: string, value: unknown) =>
        typeof value === 'object' && value !== null && 'of' in value ? Float64Array.from((value.of as string[]).map(Number)) : value;
      return texts.map((text) => JSON.parse(text, seen) as Told);
    };
    /** What was told of the events, the flushes unpacked; waits until there are so many. */
    const events = async (many: number): Promise<readonly unknown[]> => {
      const all = await until(told, (all) => all.length >= many);
      return all.map((one) => {
        const event = one.kind === 'value' ? (one.value as { readonly flush?: PackedFlush }) : {};
        const { at, changes, late } = event.flush ?? {};
        return changes && late ? { at, changes: unpacked(changes), late: unpacked(late) } : event;
      });
    };

    it('should tell exactly what the stream carries, across a lost connection and into another log', async () => {
      await ask(1, { want: 'events' });
      await events(1);
      server.send('flush', 'run1:1', JSON.stringify(flush(20)));
      server.send('pace', 'run1:1', '{"paused":true,"rate":5}');
      server.send('flush', 'run1:2', JSON.stringify(flush(30)));
      await events(4);
      server.cut();
      await events(6);
      server.send('flush', 'run1:3', JSON.stringify(flush(40)));
      server.send('reset', 'run2:0', '{}');
      server.send('flush', 'run2:1', JSON.stringify(flush(10)));
      expect(await events(9)).to.deep.equal([
        { type: 'open' },
        flushOf(flush(20)),
        { type: 'pace', pace: { paused: true, rate: 5 } },
        flushOf(flush(30)),
        { type: 'lost' },
        { type: 'open' },
        flushOf(flush(40)),
        { type: 'reset' },
        flushOf(flush(10)),
      ]);
      server.cut();
      await events(11);
      expect(server.resumed).to.deep.equal([undefined, 'run1:2', 'run2:1']);
    });

    it('should tell the fleet, and why there is none', async () => {
      await ask(7, { want: 'fleet', asked: { by: 'event' } });
      const [value, end] = await until(told, (all) => all.length >= 2);
      expect(value).to.include({ id: 7, kind: 'value' });
      const { at, fixes } = (value as Told & { value: PackedFleet }).value;
      expect({ at, fixes: unpacked(fixes) }).to.deep.equal({ at: instantOf(time(9)), fixes: flush(8).changes.map(sighting) });
      expect(end).to.deep.equal({ id: 7, kind: 'end' });
      server.end();
      await ask(8, { want: 'fleet', asked: {} });
      const failed = (await until(told, (all) => all.length >= 3))[2];
      expect(failed).to.deep.equal({ id: 8, kind: 'failed', failure: { name: 'Unanswered', message: 'the server does not answer' } });
    });
  });

  describe('on the page of a log', () => {
    const at = temporaryFolder();
    let server: Serving;
    const replay = (input: string) => lastfix(['replay', input, '--rate', 'max', '--output', 'log.csv'], at());
    before(async () => {
      await lastfix(['generate', '--devices', '7', '--duration', '1m', '--seed', '3', '--output', 'first.csv'], at());
      await lastfix(['generate', '--devices', '11', '--duration', '1m', '--seed', '4', '--output', 'second.csv'], at());
    });
    beforeEach(async () => {
      await replay('first.csv');
      server = await serving(['serve', 'log.csv'], at());
    });
    afterEach(() => server.end());

    /** The devices of the list, and those of the log. */
    const listed = ({ page }: Sight) => page.locator('.row .id').allInnerTexts();
    const logged = async () => {
      const { stdout } = await lastfix(['query', '--all', '--format', 'json', '--output', 'log.csv'], at());
      return stdout.trim().split('\n').map((line) => (JSON.parse(line) as { device_id: string }).device_id);
    };

    for (const [what, script] of [
      ['by its worker', ''],
      ['by itself where there are no workers', 'delete window.Worker;'],
      ['by itself where its worker cannot be loaded', 'const Own = Worker; window.Worker = class extends Own { constructor() { super("page/none.js"); } };'],
    ] as const) {
      it(`should show a log and the one that takes its place, read ${what}`, async () => {
        const sight = await Sight.open(browser, server.url, {}, script);
        const first = await logged();
        expect(first).to.have.length(7);
        await sight.until(() => listed(sight), (ids) => sameMembers(ids, first));
        await replay('second.csv');
        const second = await logged();
        expect(second).to.have.length(11);
        await sight.until(() => listed(sight), (ids) => sameMembers(ids, second));
        await sight.close();
      });
    }

    it('should say which part of it cannot be loaded, and show the others', async () => {
      const page = await (await browser.newContext()).newPage();
      await page.route('**/page/charts.js', (route) => route.abort());
      await page.goto(server.url);
      await page.locator('#trouble').waitFor({ timeout: 240_000 });
      expect(await page.locator('#trouble').innerText()).to.match(/^The page has a fault: .*charts\.js.* Load it again\.$/);
      await page.locator('.row .id').first().waitFor({ timeout: 240_000 });
      await page.context().close();
    });
  });
});

const sameMembers = (a: readonly string[], b: readonly string[]) => [...a].sort().join() === [...b].sort().join();
