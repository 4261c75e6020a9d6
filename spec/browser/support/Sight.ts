import { isDeepStrictEqual } from 'node:util';
import { expect } from 'chai';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** How many ms a condition may take: on a slow machine far more than anybody would wait for. */
const PATIENCE = 240_000;

/** How many times slower the page is to be, to find what depends on the machine: `LASTFIX_SLOW=6`. */
const SLOWDOWN = Number(process.env['LASTFIX_SLOW'] ?? 1);

/** The page has all that it asks for at first, and has drawn it in the place that it has. */
const READY = `new Promise((resolve) => {
  const isReady = () => document.querySelector('.row') && !document.getElementById('slider').disabled
    && document.getElementById('state').textContent !== 'connecting' && /^L|“As [a-z]+” has/.test(document.getElementById('explained').textContent);
  const look = () => { if (isReady()) document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(resolve))); else setTimeout(look, 20); };
  look();
})`;

/** A page that is open, and all that went wrong on it. */
export class Sight {
  readonly wrong: string[] = [];
  readonly asked: string[] = [];

  private constructor(readonly page: Page, private readonly origin: string) {}

  /** Opens a page, in which a script runs before its own. */
  static async open(browser: Browser, url: string, options: BrowserContextOptions = {}, script = ''): Promise<Sight> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    context.setDefaultTimeout(PATIENCE);
    const sight = new Sight(await context.newPage(), new URL(url).origin);
    const { page, wrong, asked } = sight;
    page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') wrong.push(message.text()); });
    page.on('pageerror', (error) => wrong.push(String(error.stack)));
    page.on('dialog', (dialog) => { wrong.push(`a dialog: ${dialog.message()}`); void dialog.dismiss(); });
    page.on('request', (request) => asked.push(request.url()));
    if (script !== '') await page.addInitScript(script);
    if (SLOWDOWN !== 1) await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
    await page.goto(url);
    await sight.ready();
    return sight;
  }

  /** Waits until the page has what it asks for at first: the fleet, how far the log reaches, the fonts. Nothing moves by itself then. */
  async ready(): Promise<void> {
    await this.page.evaluate(READY);
  }

  text(id: string): Promise<string> {
    return this.page.locator(`#${id}`).innerText();
  }

  /** How many pixels of the fleet's canvas are painted, and a sum that tells one picture from another. */
  async painted(): Promise<{ readonly pixels: number; readonly sum: number }> {
    return this.page.evaluate(`(() => {
      const canvas = document.querySelector('.leaflet-fleet-pane canvas');
      const copy = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height }).getContext('2d', { willReadFrequently: true });
      copy.drawImage(canvas, 0, 0);
      const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
      let pixels = 0, sum = 0;
      for (let i = 3; i < data.length; i += 4) if (data[i] > 0) { pixels++; sum = (sum * 31 + i + data[i - 1]) % 1000000007; }
      return { pixels, sum };
    })()`);
  }

  /** Waits until what is asked for is so; fails with what it was at last. */
  async until<T>(ask: () => Promise<T>, isSo: (value: T) => boolean): Promise<T> {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const value = await ask();
      if (isSo(value)) return value;
      if (Date.now() > end) throw new Error(`it stayed ${JSON.stringify(value)}`);
      await this.page.waitForTimeout(50);
    }
  }

  /** Waits until what is asked for is as wanted; fails with how it differed at last. */
  async becomes<T>(ask: () => Promise<T>, wanted: T, what?: string): Promise<void> {
    const end = Date.now() + PATIENCE;
    for (;;) {
      const value = await ask();
      if (isDeepStrictEqual(value, wanted)) return;
      if (Date.now() > end) expect(value, what).to.deep.equal(wanted);
      await this.page.waitForTimeout(50);
    }
  }

  /** What an expression for the page says: now, and after each change of an element from now on, each once in a row. */
  async history(id: string, expression: string): Promise<() => Promise<readonly string[]>> {
    const values = await this.page.evaluateHandle<string[]>(`(() => {
      const values = [];
      const take = () => { const value = String(${expression}); if (value !== values.at(-1)) values.push(value); };
      take();
      new MutationObserver(take).observe(document.getElementById('${id}'), { attributes: true, childList: true, characterData: true, subtree: true });
      return values;
    })()`);
    return () => values.jsonValue();
  }

  /** Closes the page, which must have asked nobody but its server, and complained of nothing but what is expected. */
  async close({ expecting }: { readonly expecting?: RegExp } = {}): Promise<void> {
    await this.page.context().close();
    expect(this.wrong.filter((text) => !expecting?.test(text))).to.deep.equal([]);
    expect(this.asked.filter((url) => !url.startsWith(`${this.origin}/`) && !url.startsWith('data:'))).to.deep.equal([]);
    expect(this.asked).not.to.be.empty;
  }
}
