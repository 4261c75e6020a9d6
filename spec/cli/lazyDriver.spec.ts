import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { lastfix } from '../support/lastfix.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('the clients of PostgreSQL and of NATS', () => {
  const at = temporaryFolder();
  /** Writes how many of their modules were loaded to standard error, last. */
  const HOOK = `process.on('exit', () => {
    const loaded = ['pg', '@nats-io'].map((name) => Object.keys(require.cache).filter((path) => path.includes('node_modules/' + name)).length);
    require('node:fs').writeSync(2, 'loaded: ' + loaded + '\\n');
  });`;
  const loadedBy = async (...args: readonly string[]) => {
    const { stderr } = await lastfix(args, at(), undefined, { env: { ...process.env, NODE_OPTIONS: `--require=${at('hook.cjs')}` } });
    const [, postgres, nats] = /loaded: (\d+),(\d+)\n$/.exec(stderr)!;
    return { postgres: Number(postgres), nats: Number(nats) };
  };
  before(() => {
    writeFileSync(at('hook.cjs'), HOOK);
    writeFileSync(at('recording.csv'), 'device_fk_id,latitude,longitude,time_stamp,sts,speed\na,1,2,2021-10-23T12:00:00Z,2021-10-23T12:00:01Z,3\n');
  });

  it('should be loaded only for a database, and for a stream', async () => {
    expect(await loadedBy('replay', 'recording.csv', '--rate', 'max', '--output', 'log.csv')).to.deep.equal({ postgres: 0, nats: 0 });
    expect(await loadedBy('query', 'a', '--output', 'log.csv')).to.deep.equal({ postgres: 0, nats: 0 });
    const asked = await loadedBy('query', '--all', '--output', 'postgres://127.0.0.1:1/none');
    expect([asked.postgres > 0, asked.nats]).to.deep.equal([true, 0]);
    const played = await loadedBy('replay', 'recording.csv', '--output', 'nats://127.0.0.1:1/none');
    expect([played.postgres, played.nats > 0]).to.deep.equal([0, true]);
  });
});
