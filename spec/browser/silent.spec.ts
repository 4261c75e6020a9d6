import { writeFileSync } from 'node:fs';
import { finishedLog } from './support/finishedLog.js';

const time = (minute: number) => new Date(Date.UTC(2024, 4, 1, 12, minute)).toISOString();

describe('a device that has been silent', () => {
  const log = finishedLog((path) => {
    const rows = [...[0, 10, 50, 55].map((minute) => ['van', minute]), ...[0, 200, 400].map((minute) => ['bus', minute])] as [string, number][];
    const lines = rows.map(([device, minute]) => `${device},${20 + minute / 1000},75,${time(minute)},${time(minute)},3`);
    writeFileSync(path, `device_fk_id,latitude,longitude,time_stamp,sts,speed\n${lines.join('\n')}\n`);
  });

  for (const by of ['arrival', 'event']) {
    it(`should have the track that led to its last fix, at the newest and at a past moment, by ${by}`, async () => {
      const said = '4 fixes, 6.12 km. No fix in the last hour: the last one is of 2024-05-01 12:55:00.';
      const sight = await log.open(`#device=van&by=${by}`);
      await sight.becomes(() => sight.text('track'), said);
      await sight.page.evaluate(`location.hash = '#device=van&by=${by}&at=${time(300)}'`);
      await sight.becomes(() => sight.text('moment'), '17:00:00');
      await sight.becomes(() => sight.text('track'), said);
      await sight.page.evaluate(`location.hash = '#device=van&by=${by}&at=${time(52)}'`);
      await sight.becomes(() => sight.text('track'), '3 fixes, 5.56 km.');
    });
  }
});
