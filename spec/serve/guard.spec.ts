import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { serving } from '../support/serving.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('guard', () => {
  const at = temporaryFolder();
  before(() => { writeFileSync(at('log.csv'), 'time,device_id,lat,lon,speed,event_time\n'); });

  for (const [tiles, from] of [
    [undefined, ''],
    ['https://tile.example/{z}/{x}/{y}.png', ' https://tile.example'],
    ['https://{s}.tile.example/{z}/{x}/{y}.png', ' https://*.tile.example'],
    ['http://tile.example:8080/{z}/{x}/{y}{r}.png?key=1', ' http://tile.example:8080'],
  ] as const) {
    it(`should let browsers take pictures from ${from || 'nowhere else'}, where the tiles are ${tiles ?? 'none'}`, async () => {
      await serving(
        at('log.csv'),
        async (url) => {
          const policy = (await fetch(`${url}api/status`)).headers.get('content-security-policy')!.split('; ');
          expect(policy).to.include(`img-src 'self' data:${from}`);
          expect(policy).to.include("connect-src 'self'");
          expect(policy.filter((part) => part.includes('http'))).to.have.length(from === '' ? 0 : 1);
        },
        { tiles },
      );
    });
  }
});
