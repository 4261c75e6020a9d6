import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { lastfix } from '../support/lastfix.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('lastfix generate', () => {
  const at = temporaryFolder();
  const run = (...args: string[]) => lastfix(['generate', ...args], at());

  it('should write the fixture again, byte for byte', async () => {
    const { status, stdout, stderr } = await run('--duration', '1m', '--seed', '22');
    expect([status, stderr]).to.deep.equal([0, '']);
    expect(stdout).to.equal(readFileSync(new URL('../../../fixtures/minute.csv', import.meta.url), 'utf8'));
  });

  it('should write to a file, but never over one', async () => {
    expect((await run('--duration', '10s', '-o', 'new.csv')).status).to.equal(0);
    const made = readFileSync(at('new.csv'), 'utf8');
    expect(made).to.match(/^device_fk_id,latitude,longitude,time_stamp,sts,speed\n/);
    const again = await run('--duration', '20s', '-o', 'new.csv');
    expect(again).to.include({ status: 1, stderr: 'lastfix: new.csv exists: name another file, or remove it first\n' });
    expect(readFileSync(at('new.csv'), 'utf8')).to.equal(made);
  });

  it('should leave other files alone, and nothing behind when it is interrupted', async () => {
    writeFileSync(at('cut.csv.part'), 'precious');
    const { status } = await lastfix(['generate', '--devices', '100000', '-o', 'cut.csv'], at(), async (child) => {
      while (!existsSync(at('cut.csv')) || statSync(at('cut.csv')).size === 0) await new Promise(setImmediate);
      child.kill('SIGINT');
    });
    expect(status).to.equal(130);
    expect(existsSync(at('cut.csv'))).to.equal(false);
    expect(readFileSync(at('cut.csv.part'), 'utf8')).to.equal('precious');
  });

  it('should end quietly when its reader has seen enough', async () => {
    const { status, stderr } = await lastfix(['generate', '--devices', '1000'], at(), (child) => {
      child.stdout!.once('data', () => child.stdout!.destroy());
    });
    expect([status, stderr]).to.deep.equal([0, '']);
  });

  for (const [args, message] of [
    [['--devices', '0'], '--devices "0" is out of range: give one from 1 to 1000000'],
    [['--duration', 'long'], '--duration "long" is not a valid duration: write it like 250ms, 2s, 5m, 24h or 7d'],
    [['--duration', '32d'], '--duration "32d" is out of range: give 1ms to 31d'],
    [['--start', '2255-06-05T23:40:00Z'], '--start "2255-06-05T23:40:00Z" and --duration "2h" reach beyond the years 1685 to 2255'],
    [['--seed', '1.5'], '--seed "1.5" is not a whole number: give one from 0 to 2147483647'],
    [['-o'], '--output needs a value'],
    [['-o', '--seed'], '-o needs a value'],
    [['big.csv'], 'generate takes no argument such as "big.csv": to write to that file, give --output big.csv'],
  ] as const) {
    it(`should refuse: generate ${args.join(' ')}`, async () => {
      const { status, stdout, stderr } = await run(...args);
      expect([status, stdout]).to.deep.equal([2, '']);
      expect(stderr).to.equal(`lastfix: ${message}\nSee: lastfix generate --help\n`);
    });
  }
});
