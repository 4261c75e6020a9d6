import { expect } from 'chai';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A page that is open, and all that went wrong on it. */
export class Sight {
  readonly wrong: string[] = [];
  readonly asked: string[] = [];

  private constructor(readonly page: Page, private readonly origin: string) {}

  /** Opens a page, in which a script runs before its own. */
  static async open(browser: Browser, url: string, options: BrowserContextOptions = {}, script = ''): Promise<Sight> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    const sight = new Sight(await context.newPage(), new URL(url).origin);
    const { page, wrong, asked } = sight;
    page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') wrong.push(message.text()); });
    page.on('pageerror', (error) => wrong.push(String(error.stack)));
    page.on('dialog', (dialog) => { wrong.push(`a dialog: ${dialog.message()}`); void dialog.dismiss(); });
    page.on('request', (request) => asked.push(request.url()));
    if (script !== '') await page.addInitScript(script);
    await page.goto(url);
    await page.locator('.row').first().waitFor();
    return sight;
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
    const end = Date.now() + 20_000;
    for (;;) {
      const value = await ask();
      if (isSo(value)) return value;
      if (Date.now() > end) throw new Error(`it stayed ${JSON.stringify(value)}`);
      await this.page.waitForTimeout(50);
    }
  }

  /** Closes the page, which must have asked nobody but its server, and complained of nothing. */
  async close(): Promise<void> {
    await this.page.context().close();
    expect(this.wrong).to.deep.equal([]);
    expect(this.asked.filter((url) => !url.startsWith(`${this.origin}/`) && !url.startsWith('data:'))).to.deep.equal([]);
    expect(this.asked).not.to.be.empty;
  }
}
