import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import { finishedLog } from './support/finishedLog.js';
import type { Sight } from './support/Sight.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const time = (second: number) => new Date(Date.UTC(2024, 4, 1, 12) + second * 1000).toISOString();

describe('the page for everyone', () => {
  let sight: Sight;

  const log = finishedLog((path) => {
    const rows = Array.from({ length: 60 }, (_, i) => {
      const [device, second] = [`bus ${i % 3}`, i * 10];
      return `${device},${20 + i / 50},${75 + (i % 3)},${time(second)},${time(second + (i % 7 === 0 ? 90 : 1))},${i}`;
    });
    writeFileSync(path, `device_fk_id,latitude,longitude,time_stamp,sts,speed\n${rows.join('\n')}\n`);
  });

  const violations = async () => {
    await sight.page.evaluate(AXE);
    return sight.page.evaluate<string[]>(
      `axe.run().then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 200))))`,
    );
  };

  for (const [width, height, colorScheme] of [
    [1280, 800, 'light'],
    [1280, 800, 'dark'],
    [390, 844, 'dark'],
    [320, 640, 'light'],
  ] as const) {
    it(`should violate no rule of axe at ${width} by ${height} px, ${colorScheme}`, async () => {
      sight = await log.open(`#device=bus+1&at=${time(240)}`, { viewport: { width, height }, colorScheme });
      await sight.until(
        () => sight.text('track'),
        (text) => text.includes('fixes'),
      );
      expect(await violations()).to.deep.equal([]);
      await sight.page.locator('#differs summary').click();
      await sight.page.locator('#differRows .both').first().waitFor();
      await sight.page.locator('#save').click();
      await sight.page.locator('#saving').waitFor();
      expect(await violations()).to.deep.equal([]);
      await sight.page.keyboard.press('Escape');
      await sight.page.locator('#keys').click();
      await sight.page.locator('#help').waitFor();
      expect(await violations()).to.deep.equal([]);
    });
  }

  it('should have a title on every button, and a name for every control', async () => {
    sight = await log.open(`#device=bus+1`);
    const nameless = await sight.page.evaluate<string[]>(`[...document.querySelectorAll('body button, body select, body input')]
      .filter((control) => control.type !== 'radio' && control.title === '').map((control) => control.id || control.outerHTML)`);
    expect(nameless).to.deep.equal([]);
  });

  it('should take a key that is pressed before the frame in which the list of keys disappears', async () => {
    sight = await log.open();
    await sight.page.locator('h1').click();
    await sight.page.keyboard.press('?');
    await sight.until(() => sight.page.locator('#help').isVisible(), Boolean);
    const focused = await sight.page.evaluate<[before: string, after: string]>(`(() => {
      document.getElementById('help').close();
      const before = document.activeElement.id;
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 't', bubbles: true, cancelable: true }));
      return [before, document.activeElement.id];
    })()`);
    expect(focused).to.deep.equal(['helpClose', 'typed']);
  });

  it('should be used by the keyboard alone', async () => {
    sight = await log.open();
    const { keyboard } = sight.page;
    const focused = () => sight.page.evaluate<string>(`document.activeElement.id || document.activeElement.className`);
    const reached = new Set<string>();
    for (let i = 0; i < 40; i++) {
      await keyboard.press('Tab');
      reached.add(await focused());
    }
    for (const id of [
      'save',
      'copy',
      'keys',
      'fit',
      'viewBack',
      'viewPlay',
      'viewRate',
      'viewLoop',
      'zone',
      'live',
      'slider',
      'typed',
      'filter',
      'order',
      'kind',
      'list',
    ])
      expect([...reached], 'reached by Tab').to.include(id);
    await sight.page.locator('h1').click();
    await keyboard.press('?');
    await sight.until(() => sight.page.locator('#help').isVisible(), Boolean);
    await keyboard.press('Escape');
    await sight.until(() => sight.page.locator('#help').isHidden(), Boolean);
    await keyboard.press('t');
    await keyboard.type('12:04');
    await keyboard.press('Enter');
    await sight.until(() => sight.text('moment'), (text) => text === '12:04:00');
    await keyboard.press('/');
    await keyboard.type('bus 2');
    await keyboard.press('Enter');
    await sight.until(() => sight.text('name'), (text) => text === 'bus 2');
    await keyboard.press('ArrowDown'); // into the list
    await keyboard.press('o');
    await keyboard.press('c');
    await keyboard.press('r');
    for (const id of ['follow', 'viewLoop']) await sight.becomes(() => sight.page.locator(`#${id}`).getAttribute('aria-pressed'), 'true', id);
    await sight.becomes(() => sight.page.locator('#event').isChecked(), true);
    await keyboard.press(' ');
    await sight.until(() => sight.text('moment'), (text) => text > '12:04:00');
    await keyboard.press(' ');
    await keyboard.press('Escape');
    await sight.until(() => sight.page.locator('#detail').isHidden(), Boolean);
  });
});
