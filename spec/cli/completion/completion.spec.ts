import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { checkSettings } from '../../../src/cli/check/checkSettings.js';
import { completable } from '../../../src/cli/completion/completable.js';
import { FORMATS } from '../../../src/cli/query/formats.js';
import { querySettings } from '../../../src/cli/query/querySettings.js';
import { replaySettings } from '../../../src/cli/replay/replaySettings.js';
import { lastfix } from '../../support/lastfix.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

/** What options of a replay are of no use without. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  stay: ['--serve'],
  send: ['--output', '-'],
  format: ['--output', '-'],
  'send-as': ['--output', 'http://localhost'],
};
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
    const completing =
      'compopt() { echo "$*"; }; source completion.bash; COMP_CWORD=$#; COMP_WORDS=(lastfix "$@"); _lastfix; echo "${COMPREPLY[*]}"';
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', completing, 'bash', ...words], { cwd: at(), encoding: 'utf8' });
    expect(stderr).to.equal('');
    return stdout.trim();
  };

  it('should complete commands, their options and what those take', () => {
    expect(offered('')).to.equal('replay check query serve status gateway forget generate completion --help --version');
    expect(offered('re')).to.equal('replay');
    expect(offered('query', '--f')).to.equal('--from --follow --format');
    expect(offered('query', '--format', '')).to.equal('table json csv geojson gpx kml');
    expect(offered('check', '--format', '')).to.equal('table json');
    expect(offered('query', '--by', 'e')).to.equal('event');
    expect(offered('replay', '--sync', '')).to.equal('always second never');
    expect(offered('completion', '')).to.equal('bash zsh fish');
    expect(offered('replay', '--flush', '')).to.equal('');
    expect(offered('replay', '--output', '')).to.equal('-o default');
    expect(offered('replay', '')).to.equal('-o default');
    expect(offered('replay', '--tmp', '')).to.equal('-o dirnames');
  });

  for (const shell of SHELLS) {
    it(`should name every command and option for ${shell}`, () => {
      for (const { name, options } of completable()) {
        expect(scripts[shell]).to.include(name);
        const before = shell === 'fish' ? `_from ${name}' -l ` : `${name}[:)].*--`;
        for (const option of Object.keys(options)) expect(scripts[shell], name).to.match(new RegExp(`${before}${option}\\b`));
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
    const refused = (why: string) => ({ status: 2, stderr: `lastfix: ${why}\nSee: lastfix completion --help\n` });
    expect(await lastfix(['completion', 'csh'], at())).to.include(refused('"csh" is not one of bash, zsh, fish'));
    expect(await lastfix(['completion'], at())).to.include(refused('which shell? It is one of bash, zsh, fish'));
  });

  it('should offer only what the options take', () => {
    const settings = { replay: replaySettings, check: checkSettings, query: querySettings };
    for (const [name, parse] of Object.entries(settings)) {
      const { options } = completable().find((command) => command.name === name)!;
      for (const [option, values] of Object.entries(options)) {
        const needed = name === 'replay' ? (NEEDED[option] ?? []) : [];
        for (const value of typeof values === 'string' ? [] : values) parse(['7', ...needed, `--${option}`, value]);
      }
    }
    expect(completable().find(({ name }) => name === 'query')!.options['format']).to.deep.equal(Object.keys(FORMATS));
  });
});
