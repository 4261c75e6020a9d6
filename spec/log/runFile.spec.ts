import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { FileError } from '../../src/csv/FileError.js';
import { checkOrigin, formatRunFile, readRunFile } from '../../src/log/runFile.js';
import { failureOf } from '../support/failureOf.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const ID = '0f8fad5b-d9cb-469f-a165-70867728950e';

describe('formatRunFile', () => {
  it('should be JSON that says what it is', () => {
    const text = formatRunFile({ id: ID, input: 'a.csv', made_from: { bytes: 3 }, finished: false });
    expect(text).to.match(/^\{\n.*\n\}\n$/s);
    expect(JSON.parse(text)).to.deep.equal({ lastfix_run: 1, id: ID, input: 'a.csv', made_from: { bytes: 3 }, finished: false });
  });
});

describe('readRunFile', () => {
  const at = temporaryFolder();
  const read = (text: string) => {
    writeFileSync(at('run.json'), text);
    return readRunFile(at('run.json'));
  };

  it('should read what was formatted', async () => {
    const run = fc.record({
      id: fc.option(fc.uuid(), { nil: undefined }),
      input: fc.option(fc.string({ unit: 'binary' })),
      made_from: fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }),
      finished: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(run, async (run) => {
        const asJson: unknown = JSON.parse(JSON.stringify(run)); // JSON has no -0
        expect(await read(formatRunFile(run))).to.deep.include(asJson);
      }),
    );
  });

  it('should take no id that no run was given', async () => {
    for (const id of ['x', 7, {}, null, ID.toUpperCase(), `${ID}0`])
      expect(await read(JSON.stringify({ lastfix_run: 1, id, made_from: {} }))).to.have.property('id', undefined);
  });

  it('should find none where there is none, or an empty file', async () => {
    expect(await readRunFile(at('none.json'))).to.equal(undefined);
    expect(await read('')).to.equal(undefined);
  });

  for (const text of [
    '{"lastfix_run":2}',
    '{"lastfix_run":"1"}',
    '{}',
    '{"lastfix_run":1}',
    '{"lastfix_run":1,"made_from":null}',
    'null',
    '1',
    '"lastfix_run"',
    '[]',
    'time,device_id\n',
    formatRunFile({ input: null, made_from: {}, finished: false }).slice(0, -3),
  ]) {
    it(`should refuse ${JSON.stringify(text)}`, async () => {
      const failure = await failureOf(read(text));
      expect(failure)
        .to.be.instanceOf(FileError)
        .with.property(
          'message',
          `${at('run.json')} was not written by lastfix, or not by this version: move it away, or choose another --output`,
        );
    });
  }

  it('should say that it cannot be read, and why', async () => {
    expect(await failureOf(readRunFile(at()))).to.have.property(
      'message',
      `${at()} is a folder, not a file: move it away, or choose another path`,
    );
  });
});

describe('checkOrigin', () => {
  const differing = (was: Record<string, unknown>, is: Record<string, unknown>) => {
    const written = JSON.parse(JSON.stringify(was)) as Record<string, unknown>;
    try {
      checkOrigin('x.csv', written, is);
    } catch (failure) {
      expect(failure).to.be.instanceOf(FileError);
      const [, told] =
        /^cannot resume x\.csv: (.*): give it the input and the options that it was begun with, or start anew without --resume$/.exec(
          (failure as Error).message,
        ) ?? [];
      return told;
    }
    return 'nothing';
  };

  it('should find no difference between the same, in any order', () => {
    expect(differing({}, {})).to.equal('nothing');
    expect(differing({ bytes: 3, columns: { device: 'a' }, until: null }, { until: null, columns: { device: 'a' }, bytes: 3 })).to.equal(
      'nothing',
    );
  });

  it('should tell everything that differs', () => {
    expect(differing({ bytes: 3, sha: 'a', whole: true }, { bytes: 4, sha: 'a', whole: false })).to.equal(
      'bytes was 3 and is 4; whole was true and is false',
    );
    expect(differing({ columns: { device: 'a' } }, { columns: { device: 'b' } })).to.equal(
      'columns was {"device":"a"} and is {"device":"b"}',
    );
  });

  it('should tell what one of them lacks', () => {
    expect(differing({ other: 'x' }, {})).to.equal('other was "x" and is null');
    expect(differing({ other: null }, {})).to.equal('nothing');
    expect(differing({}, { other: 'x' })).to.equal('other was null and is "x"');
  });

  it('should be brief, whatever a run file holds', () => {
    const long = 'x'.repeat(1e6);
    const many = Object.fromEntries(Array.from({ length: 1e4 }, (_, i) => [`key ${i}`, i]));
    for (const was of [{ input: long }, { [long]: 1 }, many]) expect(differing(was, {})!.length).to.be.within(10, 2000);
    expect(differing(many, {})).to.match(/^key 0 was 0 and is null; .* and 9985 more$/);
  });

  for (const [was, is, told] of [
    [{ input_bytes: 12, input_sha256: 'a' }, { input_bytes: 13, input_sha256: 'b' }, 'the input is another, or was changed'],
    [
      { reading: [{ columns: { device: 'imei', event: 'at' } }] },
      { reading: [{ columns: { device: 'id', event: 'at' } }] },
      'the column of device was "imei" and is "id"',
    ],
    [{ reading: [{ delimiter: ';' }] }, { reading: [{}] }, '--delimiter was ";" and is not given'],
    [{ reading: [{ skip: 5, keep: [] }] }, { reading: [{ skip: 6 }] }, '--skip was 5 and is 6; --keep was [] and is not given'],
    [{ reading: [{ zone: { event: 'Asia/Kolkata' } }] }, { reading: [{}] }, '--zone of the event was Asia/Kolkata and is not given'],
    [{ max_clock_ahead_ms: 86_400_000 }, { max_clock_ahead_ms: 90_000 }, '--max-clock-ahead was 24h and is 90s'],
    [{ until: null }, { until: '2021-10-23T12:30:50.000000Z' }, '--until was not given and is 2021-10-23T12:30:50.000000Z'],
    [{ coalesce: true }, { coalesce: false }, '--coalesce was given and is not given'],
    [{ rebased_by_seconds: -3600 }, {}, '--rebase was by -3,600 seconds and is not given'],
  ] as const) {
    it(`should tell it in the words of the command line: ${told}`, () => {
      expect(differing(was, is)).to.equal(told);
    });
  }

  it('should compare what has no JSON as it is written', () => {
    expect(differing({ ahead: Infinity, until: undefined }, { ahead: Infinity, until: undefined })).to.equal('nothing');
  });
});
