import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { querySettings } from '../../../src/cli/query/querySettings.js';
import { UsageError } from '../../../src/cli/UsageError.js';
import { formatInstant } from '../../../src/index.js';
import { temporaryFolder } from '../../support/temporaryFolder.js';

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
      copies: false,
      format: 'table',
      output: 'output/output_stream.csv',
      store: undefined,
      explain: false,
    });
  });

  it('should tell the three kinds of question apart', () => {
    expect(querySettings(['7', '2021-10-23', '--by', 'event', '--max-age', '2s'])).to.include({
      kind: 'moment',
      device: '7',
      by: 'event',
      maxAge: 2000,
    });
    expect(querySettings(['--all'])).to.include({ kind: 'moment', device: undefined });
    expect(querySettings(['7', '--to', '2021-10-23', '--by', 'arrival'])).to.include({
      kind: 'track',
      device: '7',
      by: 'arrival',
      from: undefined,
    });
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
      const { knownAt, from, to } = querySettings([
        '7',
        ...['--known-at', '--from', '--to'].map((option) => `${option}=${words.join(' ')}`),
      ]);
      expect([knownAt, from, to].map((moment) => formatInstant(moment!))).to.deep.equal([instant, instant, instant]);
    });
  }

  it('should know what time it is now', () => {
    const before = Date.now();
    const now = querySettings(['7', 'now']).at! / 1000;
    expect(now).to.be.within(before, Date.now());
    expect(querySettings(['7', '--to', 'now']).to! / 1000).to.be.at.least(now);
  });

  for (const time of [
    '',
    'today',
    'NOW',
    'yesterday',
    '12:32:45',
    '1634992212',
    '2021',
    '2021-10',
    '2021-02-29',
    '2021-13-01',
    '2021-10-23T24:00',
    '2021-10-23T12:32:60Z',
    '2021-10-23T12:32:45.1234567890Z',
    '2021-10-23T12:32:45+5',
    '2021-10-23Z',
    '2021-10-23T',
    '23.10.2021',
    '-5m',
    '1683-01-01',
    '2256-01-01',
  ]) {
    it(`should refuse the time ${JSON.stringify(time)}, and say how to write one`, () => {
      const how = ` is not a valid time${/^(1683|2256)/.test(time) ? ', which must be in the years 1685 to 2255' : ''}: write it like 2021-10-23T12:32:45Z, 2021-10-23 or now`;
      expect(refusal('7', '--', time)).to.equal(`the time ${JSON.stringify(time)}${how}`);
      for (const option of ['--known-at', '--from', '--to'])
        expect(refusal('7', `${option}=${time}`)).to.equal(`${option} ${JSON.stringify(time)}${how}`);
    });
  }

  for (const [age, millis] of [
    ['0s', 0],
    ['250ms', 250],
    ['90s', 90_000],
    ['1.5m', 90_000],
    ['24h', 86_400_000],
    ['7d', 604_800_000],
  ] as const) {
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
        expect(querySettings(['--format', 'csv', '--', device, '2021-10-23'])).to.include({
          device,
          format: 'csv',
          at: Date.UTC(2021, 9, 23) * 1000,
        });
      }),
    );
  });

  const TRACK = 'does not go with --from and --to, which ask for the track of one device: leave one out';
  const FOLLOW = 'does not go with --follow, which goes on from now: leave one out';
  const WHICH = 'which device? Give its id, and a time if you like, or --all for every device';
  for (const [line, message] of [
    ['', WHICH],
    ['--from 2021-10-23', WHICH],
    ['--follow', WHICH],
    ['7 --all', '--all asks about every device: leave out "7", or give a time, such as 2021-10-23T12:32:45Z'],
    ['7 --by clock', '--by "clock" is not a clock: give event or arrival'],
    ['7 --format xml', '--format "xml" is not one of table, json, csv, geojson, gpx, kml'],
    ['7 --format toString', '--format "toString" is not one of table, json, csv, geojson, gpx, kml'],
    ['7 --output=', '--output "" is not a file: name one'],
    ['7 --max-age 5', '--max-age "5" is not a valid duration: write it like 250ms, 2s, 5m, 24h or 7d'],
    ['7 --max-age -5s', '--max-age "-5s" is not a valid duration: write it like 250ms, 2s, 5m, 24h or 7d'],
    [
      '7 --from 2021-10-24 --to 2021-10-23T23:59:59.999999Z',
      '--from "2021-10-24" is after --to "2021-10-23T23:59:59.999999Z": exchange them',
    ],
    ['7 2021-10-23 --from 2021-10-23', `the time "2021-10-23" ${TRACK}`],
    ['7 --to now --follow', `--follow ${TRACK}`],
    ['7 --to now --max-age 5m', `--max-age ${TRACK}`],
    ['--all --from 2021-10-23', `--all ${TRACK}`],
    ['7 2021-10-23 --follow', `the time "2021-10-23" ${FOLLOW}`],
    ['7 --follow --by event', `--by event ${FOLLOW}`],
    ['7 --follow --known-at now', `--known-at ${FOLLOW}`],
    ['7 --follow --max-age 5m', `--max-age ${FOLLOW}`],
    ['7 --copies', '--copies goes with --from or --to, which ask for the track of one device: give one of them'],
    ['7 --to now --by arrival --copies', '--copies does not go with --by arrival, which lists every arrival anyway: leave one out'],
    ['7 --follow --format gpx', '--format gpx does not go with --follow, which has no end: choose table, json, csv or geojson'],
    ['--all --follow --format kml', '--format kml does not go with --follow, which has no end: choose table, json, csv or geojson'],
    ['7 --bogus', 'there is no option --bogus'],
    ['-1', 'there is no option -1: if it begins the name of a device or a file, put -- before that'],
    ['7 --output', '--output needs a value'],
    ['7 --known-at --from now', '--known-at needs a value'],
    ['7 --all=yes', '--all takes no value'],
  ] as const) {
    it(`should refuse: query ${line}`, () => {
      expect(refusal(...line.split(' ').filter((word) => word !== ''))).to.equal(message);
    });
  }

  it('should take a track of one moment', () => {
    expect(querySettings(['7', '--from', '2021-10-23', '--to', '2021-10-23T00:00Z'])).to.include({
      kind: 'track',
      from: Date.UTC(2021, 9, 23) * 1000,
      to: Date.UTC(2021, 9, 23) * 1000,
    });
  });

  it('should not ask for what is needed of one who needs help', () => {
    expect(querySettings(['--help']).help).to.equal(true);
    expect(querySettings(['-h', '--by', 'clock', '--from', 'now', '--follow']).help).to.equal(true);
  });

  it('should understand any command line, or refuse it in one line that a terminal can be shown', () => {
    const word = fc.oneof(
      fc.constantFrom(
        '--all',
        '--by',
        '--known-at',
        '--max-age',
        '--from',
        '--to',
        '--follow',
        '--format',
        '--output',
        '--explain',
        '--help',
        '--',
        '-',
        '-h',
        '-1',
      ),
      fc.constantFrom('7', 'event', 'arrival', 'json', 'now', '2021-10-23', '12:30:00', '5m', 'log.csv', '', '\u001b[31m'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (args) => {
        expect(refusal(...args)).to.match(/^\P{Cc}+$/u);
      }),
      { numRuns: 1000 },
    );
  });

  it('should refuse an option with control characters without sending them to the terminal', () => {
    expect(refusal('7', '--x\u001b[31m\ny')).to.match(/^there is no option \P{Cc}+$/u);
  });

  describe('the log', () => {
    const at = temporaryFolder();
    beforeEach(() => { writeFileSync(at('a.csv'), ''); });

    it('should be the one that an option names, or a first word that is the path of a file', () => {
      for (const args of [['--output', at('a.csv'), '7'], ['-o', at('a.csv'), '7'], ['--log', at('a.csv'), '7'], [at('a.csv'), '7']])
        expect(querySettings(args), args.join(' ')).to.include({ device: '7', output: at('a.csv') });
      expect(querySettings([at('a.csv'), '--all', '2021-10-23'])).to.include({ device: undefined, output: at('a.csv') });
      expect(querySettings(['--log', 'b.csv', at('a.csv')])).to.include({ device: at('a.csv'), output: 'b.csv' });
    });

    it('should be a store, if it is a URL, by whichever way, and be called without its password', () => {
      const url = 'postgres://me:secret@host:5433/fleet?schema=other';
      for (const args of [['--output', url, '7'], ['-o', url, '7'], ['--log', url, '7'], [url, '7']]) {
        const { device, output, store } = querySettings(args);
        expect({ device, output }, args.join(' ')).to.deep.equal({ device: '7', output: 'postgres://host:5433/fleet?schema=other' });
        expect(store).to.include({ host: 'host', port: 5433, user: 'me', password: 'secret', database: 'fleet', schema: 'other' });
      }
      expect(refusal('postgres://me:secret@host/fleet?x=1', '7'))
        .to.match(/^the URL of the store has no parameter "x": give /)
        .and.not.include('secret');
    });

    it('should leave a first word that is no file to be a device', () => {
      for (const device of ['a/b', 'none.csv', 'package'])
        expect(querySettings([device, '2021-10-23'])).to.include({ device, output: 'output/output_stream.csv' });
    });

    it('should be named once, and before a device', () => {
      expect(refusal('--log', 'a', '-o', 'b', '7')).to.equal('--log and --output both name the log: give one of them');
      expect(refusal(at('a.csv'))).to.equal(
        `which device of ${at('a.csv')}? Give its id, and a time if you like, or --all for every device`,
      );
      expect(refusal('logs/none.csv', '8250')).to.equal(
        '"logs/none.csv" is not a file, so it is taken for a device, and "8250" for a time: check the path',
      );
      const [log, other] = [at('a.csv'), at('b.csv')];
      writeFileSync(other, '');
      expect(refusal(log, other, '8250')).to.equal(`the log is ${log} already: leave out ${JSON.stringify(other)}`);
      expect(refusal('--log', log, other, '8250')).to.equal(`the log is ${log} already: leave out ${JSON.stringify(other)}`);
      expect(refusal('8250', other)).to.equal(
        `${JSON.stringify(other)} is in the place of the time: put the log before the device, or after --log`,
      );
      expect(refusal('node_modules', '8250')).to.equal(
        '"node_modules" is a folder, so it is taken for a device, and "8250" for a time: name a log in it',
      );
      expect(refusal('--log', '', '7')).to.equal('--log "" is not a file: name one');
    });
  });
});
