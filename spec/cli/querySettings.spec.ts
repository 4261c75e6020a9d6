import { expect } from 'chai';
import fc from 'fast-check';
import { querySettings } from '../../src/cli/querySettings.js';
import { UsageError } from '../../src/cli/UsageError.js';
import { formatInstant } from '../../src/index.js';

describe('querySettings', () => {
  const refusal = (...args: string[]): string => {
    try {
      querySettings(args);
    } catch (error) {
      if (error instanceof UsageError) return error.message;
      throw error;
    }
    return 'none';
  };

  it('should ask for the newest of a device, as a table, of the log that a replay writes', () => {
    expect(querySettings(['7'])).to.deep.equal({
      help: false,
      kind: 'moment',
      device: '7',
      at: undefined,
      by: undefined,
      knownAt: undefined,
      maxAge: undefined,
      from: undefined,
      to: undefined,
      format: 'table',
      output: 'output/output_stream.csv',
      explain: false,
    });
  });

  it('should tell the three kinds of question apart', () => {
    expect(querySettings(['7', '2021-10-23', '--by', 'event', '--max-age', '2s'])).to.include({ kind: 'moment', device: '7', by: 'event', maxAge: 2000 });
    expect(querySettings(['--all'])).to.include({ kind: 'moment', device: undefined });
    expect(querySettings(['7', '--to', '2021-10-23', '--by', 'arrival'])).to.include({ kind: 'track', device: '7', by: 'arrival', from: undefined });
    expect(querySettings(['--all', '--follow'])).to.include({ kind: 'follow', device: undefined });
  });

  for (const [words, instant] of [
    [['2021-10-23T12:32:45Z'], '2021-10-23T12:32:45.000000Z'],
    [['2021-10-23T12:32:45'], '2021-10-23T12:32:45.000000Z'],
    [['2021-10-23 12:32:45Z'], '2021-10-23T12:32:45.000000Z'],
    [['2021-10-23', '12:32:45Z'], '2021-10-23T12:32:45.000000Z'],
    [['2021-10-23T12:32'], '2021-10-23T12:32:00.000000Z'],
    [['2021-10-23T12:32:45.5Z'], '2021-10-23T12:32:45.500000Z'],
    [['2021-10-23T12:32:45.123456789Z'], '2021-10-23T12:32:45.123456Z'],
    [['2021-10-23T18:02:45+05:30'], '2021-10-23T12:32:45.000000Z'],
    [['2021-10-23', '18:02:45+0530'], '2021-10-23T12:32:45.000000Z'],
    [['2021-10-23T04:32:45-08:00'], '2021-10-23T12:32:45.000000Z'],
    [['2021-10-23'], '2021-10-23T00:00:00.000000Z'],
    [['1969-12-31'], '1969-12-31T00:00:00.000000Z'],
  ] as const) {
    it(`should understand the time ${words.join(' ')}, wherever one is asked for`, () => {
      expect(formatInstant(querySettings(['7', ...words]).at!)).to.equal(instant);
      expect(formatInstant(querySettings(['--all', ...words]).at!)).to.equal(instant);
      const { knownAt, from, to } = querySettings(['7', ...['--known-at', '--from', '--to'].map((option) => `${option}=${words.join(' ')}`)]);
      expect([knownAt, from, to].map((moment) => formatInstant(moment!))).to.deep.equal([instant, instant, instant]);
    });
  }

  it('should know what time it is now', () => {
    const before = Date.now();
    const now = querySettings(['7', 'now']).at! / 1000;
    expect(now).to.be.within(before, Date.now());
    expect(querySettings(['7', '--to', 'now']).to! / 1000).to.be.at.least(now);
  });

  for (const time of ['', 'today', 'NOW', 'yesterday', '12:32:45', '1634992212', '2021', '2021-10', '2021-02-29', '2021-13-01', '2021-10-23T24:00', '2021-10-23T12:32:60Z', '2021-10-23T12:32:45.1234567890Z', '2021-10-23T12:32:45+5', '2021-10-23Z', '2021-10-23T', '23.10.2021', '-5m', '1683-01-01', '2256-01-01']) {
    it(`should refuse the time ${JSON.stringify(time)}, and say how to write one`, () => {
      const how = ` is no time: write it as 2021-10-23T12:32:45Z, 2021-10-23 or now`;
      expect(refusal('7', '--', time)).to.equal(`the time ${JSON.stringify(time)}${how}`);
      for (const option of ['--known-at', '--from', '--to']) expect(refusal('7', `${option}=${time}`)).to.equal(`${option} ${JSON.stringify(time)}${how}`);
    });
  }

  for (const [age, millis] of [['0s', 0], ['250ms', 250], ['90s', 90_000], ['1.5m', 90_000], ['24h', 86_400_000], ['7d', 604_800_000]] as const) {
    it(`should understand the age ${age}`, () => {
      expect(querySettings(['7', '--max-age', age]).maxAge).to.equal(millis);
    });
  }

  it('should take any text for a device, as it is written', () => {
    for (const device of ['../x', '<b>', 'two words', 'q"q', '🚚', '007', '*', '--all', '-1', '-x', '--']) {
      expect(querySettings(['--', device]).device).to.equal(device);
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (device) => {
        expect(querySettings(['--format', 'csv', '--', device, '2021-10-23'])).to.include({ device, format: 'csv', at: Date.UTC(2021, 9, 23) * 1000 });
      }),
    );
  });

  for (const [line, message] of [
    ['', /^which device\?/],
    ['--from 2021-10-23', /^which device\?/],
    ['--follow', /^which device\?/],
    ['7 --all', /"7"/],
    ['7 --by clock', /^--by "clock" is no clock: it is event or arrival$/],
    ['7 --format xml', /^--format "xml" is not one of table, json, csv, geojson$/],
    ['7 --format toString', /^--format "toString" is not one of/],
    ['7 --max-age 5', /^--max-age "5" is no duration: write it as 250ms, 2s, 5m or 24h$/],
    ['7 --max-age -5s', /^--max-age "-5s" is no duration/],
    ['7 --from 2021-10-24 --to 2021-10-23T23:59:59.999999Z', /^--from is after --to$/],
    ['7 2021-10-23 --from 2021-10-23', /^--from and --to ask for a track: TIME does not go with that$/],
    ['7 --to now --follow', /^--from and --to ask for a track: --follow does/],
    ['7 --to now --max-age 5m', /^--from and --to ask for a track: --max-age does/],
    ['--all --from 2021-10-23', /^a track, which --from and --to ask for, is of one device: --all does/],
    ['7 2021-10-23 --follow', /^--follow goes on from now: TIME does not go with that$/],
    ['7 --follow --by event', /^--follow goes on from now: --by event does/],
    ['7 --follow --known-at now', /^--follow goes on from now: --known-at does/],
    ['7 --follow --max-age 5m', /^--follow goes on from now: --max-age does/],
    ['7 --bogus', /^there is no option --bogus$/],
    ['-1', /^there is no option -1: put -- before it if it is a word$/],
    ['7 --output', /^--output needs a value$/],
    ['7 --known-at --from now', /^--known-at needs a value$/],
    ['7 --all=yes', /--all/],
  ] as const) {
    it(`should refuse: query ${line}`, () => {
      expect(refusal(...line.split(' ').filter((word) => word !== ''))).to.match(message);
    });
  }

  it('should take a track of one moment', () => {
    expect(querySettings(['7', '--from', '2021-10-23', '--to', '2021-10-23T00:00Z'])).to.include({ kind: 'track', from: Date.UTC(2021, 9, 23) * 1000, to: Date.UTC(2021, 9, 23) * 1000 });
  });

  it('should not ask for what is needed of one who needs help', () => {
    expect(querySettings(['--help']).help).to.equal(true);
    expect(querySettings(['-h', '--by', 'clock', '--from', 'now', '--follow']).help).to.equal(true);
  });

  it('should understand any command line, or refuse it in one line that a terminal can be shown', () => {
    const word = fc.oneof(
      fc.constantFrom('--all', '--by', '--known-at', '--max-age', '--from', '--to', '--follow', '--format', '--output', '--explain', '--help', '--', '-', '-h', '-1'),
      fc.constantFrom('7', 'event', 'arrival', 'json', 'now', '2021-10-23', '12:30:00', '5m', 'log.csv', '', '\u001b[31m'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    fc.assert(fc.property(fc.array(word, { maxLength: 6 }), (args) => { expect(refusal(...args)).to.match(/^\P{Cc}+$/u); }), { numRuns: 1000 });
  });

  it('should refuse an option with control characters without sending them to the terminal', () => {
    expect(refusal('7', '--x\u001b[31m\ny')).to.match(/^there is no option \P{Cc}+$/u);
  });
});
