import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { lastfix } from '../support/lastfix.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('the driver of PostgreSQL', () => {
  const at = temporaryFolder();
  /** Writes the modules of the driver that were loaded to standard error, last. */
  const HOOK = `process.on('exit', () => {
    const loaded = Object.keys(require.cache).filter((path) => /node_modules.pg/.test(path));
    require('node:fs').writeSync(2, 'loaded: ' + loaded.length + '\\n');
  });`;
  const loadedBy = async (...args: readonly string[]) => {
    const { stderr } = await lastfix(args, at(), undefined, { env: { ...process.env, NODE_OPTIONS: `--require=${at('hook.cjs')}` } });
    return Number(/loaded: (\d+)\n$/.exec(stderr)?.[1]);
  };
  before(() => {
    writeFileSync(at('hook.cjs'), HOOK);
    writeFileSync(at('recording.csv'), 'device_fk_id,latitude,longitude,time_stamp,sts,speed\na,1,2,2021-10-23T12:00:00Z,2021-10-23T12:00:01Z,3\n');
  });

  it('should be loaded only for a database', async () => {
    expect(await loadedBy('replay', 'recording.csv', '--rate', 'max', '--output', 'log.csv')).to.equal(0);
    expect(await loadedBy('query', 'a', '--output', 'log.csv')).to.equal(0);
    expect(await loadedBy('query', '--all', '--output', 'postgres://127.0.0.1:1/none')).to.be.above(0);
  });
});
