import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { MAIN } from '../support/lastfix.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('the driver of a store', () => {
  const at = temporaryFolder();

  /** Whether a command loads it, by what Node.js has loaded when it ends. */
  const isLoadedBy = (...args: string[]) => {
    const says = "process.on('exit', () => console.error('loaded', Object.keys(require.cache).some((path) => /node_modules.pg[/\\\\]/.test(path))));";
    writeFileSync(at('loaded.cjs'), says);
    const { stderr } = spawnSync(process.execPath, ['--require', at('loaded.cjs'), MAIN, ...args], { cwd: at(), encoding: 'utf8' });
    return /loaded (true|false)/.exec(stderr)?.[1];
  };

  it('should be loaded by what a URL asks for, and by nothing else', () => {
    expect(isLoadedBy('replay', '--rate', 'max')).to.equal('false');
    expect(isLoadedBy('query', '8250')).to.equal('false');
    expect(isLoadedBy('replay', '--rate', 'max', '--output', 'postgres://127.0.0.1:1/none')).to.equal('true');
  });
});
