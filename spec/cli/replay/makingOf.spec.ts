import { expect } from 'chai';
import { replaySettings } from '../../../src/cli/replay/replaySettings.js';
import { UsageError } from '../../../src/cli/UsageError.js';

describe('a stream as the output of a replay', () => {
  const settings = (...args: readonly string[]) => replaySettings(['recording.csv', ...args]);
  const STREAM = ['--output', 'nats://me:secret@host/gps'];

  it('should be made as asked for', () => {
    expect(settings(...STREAM)).to.deep.include({ output: 'nats://host/gps', making: { partitions: undefined, keep: undefined } });
    expect(settings(...STREAM, '--partitions', '16', '--keep-for', '3d').making).to.deep.equal({ partitions: 16, keep: 3 * 86_400_000 });
    expect(settings('--output', 'log.csv').making).to.equal(undefined);
  });

  it('should be sent all fixes or changes, at any rate, and go on', () => {
    expect(settings(...STREAM, '--resume', '--rate', '10', '--max-gap', '2s', '--rebase', 'now')).to.deep.include({ resume: true });
    expect(settings(...STREAM, '--send', 'changes').sending).to.include({ onlyChanges: true });
  });

  it('should refuse what is not for it, with the reason and without credentials', () => {
    const wrong: readonly (readonly [readonly string[], string])[] = [
      [[...STREAM, '--partitions', '0'], '--partitions "0" is out of range: give one from 1 to 256'],
      [[...STREAM, '--partitions', '257'], '--partitions "257" is out of range'],
      [[...STREAM, '--keep-for', '1s'], '--keep-for "1s" is out of range: give 1m to'],
      [[...STREAM, '--keep', '7d'], '--keep names extra columns: for how long a stream keeps its fixes is --keep-for 7d'],
      [[...STREAM, '--serve'], '--serve is for a log'],
      [[...STREAM, '--coalesce'], '--coalesce is for a log'],
      [[...STREAM, '--flush', '2s'], '--flush is for a log'],
      [[...STREAM, '--format', 'csv'], '--format is for standard output: a stream has lines of JSON'],
      [[...STREAM, '--send-as', 'osmand'], '--send-as is for an address of another system'],
      [[...STREAM, '--connections', '2'], '--connections is for an address that begins with http://'],
      [[...STREAM, '--resume', '--in-order'], '--resume finds what a stream has of a recording by its contents'],
      [[...STREAM, '--resume', '--send', 'changes'], 'leave out --send changes'],
      [['--output', 'nats://me:secret@host/gps?subject=fleet.1'], '?subject= is for reading a stream'],
      [['--output', 'nats://me:secret@host'], '--output: the URL names no stream'],
      [['--output', 'log.csv', '--partitions', '2'], '--partitions is for a new stream'],
      [['--output', 'postgres://me:secret@host/db', '--keep-for', '1d'], '--keep-for is for a new stream'],
    ];
    for (const [args, message] of wrong) {
      expect(() => settings(...args), message).to.throw(UsageError, message);
      expect(() => settings(...args), message).not.to.throw(/secret/);
    }
  });
});
