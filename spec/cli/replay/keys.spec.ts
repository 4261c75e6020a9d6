import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { MAIN } from '../../support/lastfix.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';
import { terminals } from '../../support/terminals.js';

const FIXTURES = new URL('../../../../fixtures/', import.meta.url);
const MINUTE = new URL('minute.csv', FIXTURES).pathname;

describe('the keys of a terminal', () => {
  const at = temporaryFolder();
  const inTerminal = terminals();
  const replay = (...args: string[]) => `${process.execPath} ${MAIN} replay ${MINUTE} --output ${at('log.csv')} ${args.join(' ')}`;

  it('should pause, play the next, go on, and change the rate, and leave files and terminal as ever', async () => {
    const terminal = inTerminal(replay());
    await terminal.shows(/rate 1, .*space: pause/);
    terminal.type(' ');
    await terminal.shows(/paused, rate 1, .* fix/);
    terminal.type('+-+');
    await terminal.shows(/paused, rate 2/);
    terminal.type('\u001b[C\u001b[C');
    await terminal.shows(/paused, rate 2/);
    terminal.type(' ');
    await terminal.shows(/Z?\d, rate 2/);
    terminal.type('+++++++++++');
    await terminal.shows(/rows read[^]*status 0[^]*icanon[^]*echo/);
    await terminal.end();
    for (const kind of ['', '.late', '.rejected']) {
      expect(readFileSync(at(`log${kind}.csv`), 'utf8')).to.equal(
        readFileSync(new URL(`minute.expected/output_stream${kind}.csv`, FIXTURES), 'utf8'),
      );
    }
  });

  it('should never step onto max, which would end the run at once', async () => {
    const terminal = inTerminal(replay('--rate', '0.7'));
    await terminal.shows(/rate 0\.7, .*space: pause/);
    terminal.type(' ');
    await terminal.shows(/paused, rate 0\.7/);
    terminal.type('-');
    await terminal.shows(/paused, rate 0\.5/);
    terminal.type('++++++++++++');
    await terminal.shows(/paused, rate 1,000/);
    terminal.type('-');
    await terminal.shows(/paused, rate 500/);
    terminal.type('q');
    await terminal.shows(/status 130/);
    await terminal.end();
  });

  for (const [name, key] of [['q', 'q'], ['Ctrl-C', '\u0003']] as const) {
    it(`should end the run cleanly at ${name}`, async () => {
      const terminal = inTerminal(`trap '' INT; ${replay()}`);
      await terminal.shows(/rate 1, .*space: pause/);
      terminal.type(key);
      await terminal.shows(/--resume goes on from here[^]*status 130[^]*icanon[^]*echo/);
      await terminal.end();
    });
  }

  it('should stop and go on with the job at Ctrl-Z', async () => {
    const terminal = inTerminal(`set -m; ${replay()}; echo stopped; fg`);
    await terminal.shows(/rate 1, .*space: pause/);
    terminal.type('\u001a');
    await terminal.shows(/stopped[^]*rate 1, /);
    terminal.type(' ');
    await terminal.shows(/paused, /);
    terminal.type('q');
    await terminal.shows(/status 130/);
    await terminal.end();
  });

  it('should leave the terminal as it was when the run is asked to end', async () => {
    const terminal = inTerminal(`sh -c 'echo "process $$"; exec ${replay()}'`);
    const [, id] = await terminal.shows(/process (\d+)[^]*space: pause/);
    process.kill(Number(id), 'SIGTERM');
    await terminal.shows(/--resume goes on from here[^]*status 130[^]*icanon[^]*echo/);
    await terminal.end();
  });

  it('should be shown on a narrow terminal too', async () => {
    const terminal = inTerminal(replay(), 80);
    await terminal.shows(/rate 1, .*, space → \+ - q/);
    terminal.type('q');
    await terminal.shows(/status 130/);
    await terminal.end();
  });

  it('should be nobody’s in the background, or with --quiet', async () => {
    const background = inTerminal(`set -m; ${replay('--rate', '1000')} & wait $!; sh -c 'exit '$?`);
    await background.shows(/rows read[^]*status 0/);
    await background.end();
    const quiet = inTerminal(replay('--rate', '100', '--quiet'));
    quiet.type('   q');
    await quiet.shows(/status 0/);
    await quiet.end();
  });
});
