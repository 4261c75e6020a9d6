import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { eventually } from './support/eventually.js';
import { temporaryFolder } from './support/temporaryFolder.js';

describe('npm run dev', () => {
  const at = temporaryFolder();

  it('should build, and again whenever a source has changed, whether that works or not', async () => {
    mkdirSync(at('src/deep'), { recursive: true });
    writeFileSync(at('src/deep/number.txt'), '0');
    writeFileSync(at('package.json'), JSON.stringify({ scripts: { build: 'exit $(cat src/deep/number.txt)' } }));
    const program = fileURLToPath(new URL('../../dev.js', import.meta.url));
    const child = spawn(process.execPath, [program], { cwd: at(), stdio: ['ignore', 'pipe', 'ignore'] });
    const ended = new Promise((resolve) => child.once('close', resolve));
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    await eventually(() => said.startsWith('built, waiting for changes\n'));
    writeFileSync(at('src/deep/number.txt'), '3');
    await eventually(() => said.split('\n').at(-2) === 'not built, waiting for changes');
    writeFileSync(at('src/deep/number.txt'), '0');
    await eventually(() => /not built.*\nbuilt/.test(said));
    child.kill();
    await ended;
    expect(said).to.match(/^(?:(?:not )?built, waiting for changes\n)+$/);
  });
});
