import { expect } from 'chai';
import { replaySettings } from '../../../src/cli/replay/replaySettings.js';
import { UsageError } from '../../../src/cli/UsageError.js';

describe('checkForStore', () => {
  const into = (...options: string[]) => replaySettings(['--output', 'postgres://me:secret@host/gps', ...options]);

  it('should refuse, with the reason, what is for a log', () => {
    for (const [options, why] of [
      [['--coalesce'], '--coalesce is for a log, and --output names a database: a store keeps every fix'],
      [['--sync', 'always'], '--sync is for a log, and --output names a database: a database decides when a commit is safe'],
      [['--no-index'], '--no-index is for a log, and --output names a database: a store cannot answer without its indexes'],
      [['--resume', '--in-order'], '--resume finds what a database has of a recording by its contents'],
      [['--resume', '-'], '--resume finds what a database has of a recording by its contents'],
    ] as const) expect(() => into(...options), options.join(' ')).to.throw(UsageError, why);
  });

  it('should call the database by a name without the user and the password', () => {
    const { output, reading } = into('--rate', '60', '--resume', '--flush', '250ms');
    expect(output).to.equal('postgres://host/gps');
    expect(reading.tmp).not.to.include('postgres');
  });
});
