import { appendFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { MAIN } from '../support/lastfix.js';
import { Screen } from '../support/Screen.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { terminals } from '../support/terminals.js';

const MINUTE = new URL('../../../fixtures/minute.csv', import.meta.url).pathname;

describe('lastfix in a terminal', () => {
  const at = temporaryFolder();
  const inTerminal = terminals();
  const command = (...args: string[]) => `${process.execPath} ${MAIN} ${args.join(' ')}`;
  /** What a terminal shows in the end of all that it was sent. */
  const shown = async (sent: string) => {
    const screen = new Screen({ columns: 200, rows: 200 });
    screen.write(sent);
    return (await screen.text()).split('\n');
  };

  it('should say where it serves on a line of its own', async () => {
    const terminal = inTerminal(command('replay', MINUTE, '--serve', '--port', '0', '--output', at('log.csv')));
    await terminal.shows(/opening [^\n]*[^]*serving [^]*rate 1, /);
    terminal.type('q');
    await terminal.shows(/status 130/);
    await terminal.end();
    const lines = (await shown(terminal.all())).filter((line) => line.includes('lastfix: '));
    for (const line of lines) expect(line).to.match(/^lastfix: /);
    expect(lines.filter((line) => /^lastfix: serving \S+ at http:\/\/127\.0\.0\.1:\d+\/$/.test(line))).to.have.length(1);
  });

  it('should go on serving in a terminal if it is to stay there', async () => {
    const terminal = inTerminal(
      command('replay', MINUTE, '--rate', 'max', '--serve', '--stay', 'terminal', '--port', '0', '--output', at('stays.csv')),
    );
    await terminal.shows(/stays served at http:\S+ until Ctrl-C/);
    terminal.type('\u0003');
    await terminal.shows(/status 0/);
    await terminal.end();
  });

  it('should end the status line of a question where its answer begins', async () => {
    const fix = '2021-10-23T12:30:00.000000Z,a,1,1,1,2021-10-23T12:30:00.000000Z\n';
    writeFileSync(at('large.csv'), `time,device_id,lat,lon,speed,event_time\n${fix.repeat(300_000)}`);
    const terminal = inTerminal(command('query', 'b', '--follow', '--output', at('large.csv')));
    await terminal.shows(/reading what has no index yet: \d+ %[^]*unknown device "b"[^\n]*\n/);
    appendFileSync(at('large.csv'), fix.replace(',a,', ',b,'));
    await terminal.shows(/2021-10-23T12:30:00.000000Z[^\n]*\n/);
    terminal.type('\u0003');
    await terminal.shows(/status 0/);
    expect(terminal.all().split('unknown device')[1]).not.to.include('reading');
    const header = 'device        event time                   arrived                      latitude            longitude           speed';
    const row = 'b             2021-10-23T12:30:00.000000Z  2021-10-23T12:30:00.000000Z  1                   1                   1';
    expect((await shown(terminal.all())).slice(0, 3)).to.deep.equal([
      `lastfix: unknown device "b": ${at('large.csv')} knows "a"; waiting for it`,
      header,
      row,
    ]);
  });

  it('should help in lines as wide as the terminal', async () => {
    const terminal = inTerminal(command('replay', '--help'), 52);
    await terminal.shows(/status 0/);
    await terminal.end();
    expect(terminal.all()).to.include(
      '\r\n  --rate R               how many times as fast: 1,\r\n                         60, 0.5, or max for no\r\n                         waiting (1)\r\n',
    );
  });

  it('should say how far it is while it makes up a recording', async () => {
    const terminal = inTerminal(command('generate', '--devices', '100000', '-o', at('made.csv')));
    await terminal.shows(/writing \S+made\.csv: [\d,]+ MiB/);
    terminal.type('\u0003');
    await terminal.shows(/status 130/);
    await terminal.end();
    expect((await shown(terminal.all()))[0]).to.match(/^(\^C)?status 130$/);
  });

  it('should leave nothing of the status line of a question that is interrupted', async () => {
    writeFileSync(
      at('larger.csv'),
      `time,device_id,lat,lon,speed,event_time\n${'2021-10-23T12:30:00.000000Z,a,1,1,1,2021-10-23T12:30:00.000000Z\n'.repeat(1_000_000)}`,
    );
    // where other programs keep the one that types from its turn, this one has none at all
    const terminal = inTerminal(`nice -n 19 ${command('query', 'b', '--output', at('larger.csv'))}`);
    await terminal.shows(/reading what has no index yet: \d+ %/);
    terminal.type('\u0003');
    await terminal.shows(/status 130/);
    await terminal.end();
    expect((await shown(terminal.all()))[0]).to.equal('status 130');
  });
});
