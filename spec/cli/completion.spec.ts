import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { completable } from '../../src/cli/completion/completable.js';
import { lastfix } from '../support/lastfix.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const SHELLS = ['bash', 'zsh', 'fish'];

describe('lastfix completion', () => {
  const at = temporaryFolder();
  const scripts: Record<string, string> = {};
  before(async () => {
    for (const shell of SHELLS) scripts[shell] = (await lastfix(['completion', shell], at())).stdout;
    writeFileSync(at('completion.bash'), scripts['bash']!);
    writeFileSync(at('recording.csv'), '');
  });

  /** What bash offers for the last of some words. */
  const offered = (...words: readonly string[]) => {
    const list = words.map((word) => `'${word}'`).join(' ');
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', `compopt() { :; }; source completion.bash; COMP_WORDS=(lastfix ${list}); COMP_CWORD=${words.length}; _lastfix; echo "\${COMPREPLY[*]}"`], { cwd: at(), encoding: 'utf8' });
    expect(stderr).to.equal('');
    return stdout.trim();
  };

  it('should complete commands, their options and what those take', () => {
    expect(offered('')).to.equal('replay check query serve generate completion --help --version');
    expect(offered('re')).to.equal('replay');
    expect(offered('query', '--f')).to.equal('--from --follow --format');
    expect(offered('query', '--format', '')).to.equal('table json csv geojson');
    expect(offered('check', '--format', '')).to.equal('table json');
    expect(offered('query', '--by', 'e')).to.equal('event');
    expect(offered('replay', '--sync', '')).to.equal('always second never');
    expect(offered('completion', '')).to.equal('bash zsh fish');
    expect(offered('replay', '--flush', '')).to.equal('');
  });

  for (const shell of SHELLS) {
    it(`should name every command and option for ${shell}`, () => {
      for (const { name, options } of completable()) {
        expect(scripts[shell]).to.include(name);
        for (const option of Object.keys(options)) expect(scripts[shell], `${name} --${option}`).to.match(new RegExp(`${shell === 'fish' ? `_from ${name}' -l ` : `${name}[:)].*--`}${option}\\b`));
      }
    });
  }

  it('should know every option that the help of a command names', async () => {
    for (const { name, options } of completable()) {
      const { stdout } = await lastfix([name, '--help'], at());
      const named = new Set([...stdout.matchAll(/^ {2}(?:-\w, )?--([\w-]+)/gm)].map(([, option]) => option!));
      expect(Object.keys(options)).to.include.members([...named]);
    }
  });

  it('should refuse another shell', async () => {
    expect(await lastfix(['completion', 'csh'], at())).to.include({ status: 2, stderr: 'lastfix: "csh" is not one of bash, zsh, fish\nSee: lastfix completion --help\n' });
    expect(await lastfix(['completion'], at())).to.include({ status: 2, stderr: 'lastfix: which shell? It is one of bash, zsh, fish\nSee: lastfix completion --help\n' });
  });
});
