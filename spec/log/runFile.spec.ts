import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { FileError } from '../../src/csv/FileError.js';
import { checkOrigin, formatRunFile, readRunFile } from '../../src/log/runFile.js';
import { failureOf } from '../support/failureOf.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('formatRunFile', () => {
  it('should be JSON that says what it is', () => {
    const text = formatRunFile({ input: 'a.csv', made_from: { bytes: 3 }, finished: false });
    expect(text).to.match(/^\{\n.*\n\}\n$/s);
    expect(JSON.parse(text)).to.deep.equal({ lastfix_run: 1, input: 'a.csv', made_from: { bytes: 3 }, finished: false });
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

  it('should find none where there is none, or an empty file', async () => {
    expect(await readRunFile(at('none.json'))).to.equal(undefined);
    expect(await read('')).to.equal(undefined);
  });

  for (const text of ['{"lastfix_run":2}', '{"lastfix_run":"1"}', '{}', '{"lastfix_run":1}', '{"lastfix_run":1,"made_from":null}', 'null', '1', '"lastfix_run"', '[]', 'time,device_id\n', formatRunFile({ input: null, made_from: {}, finished: false }).slice(0, -3)]) {
    it(`should refuse ${JSON.stringify(text)}`, async () => {
      const failure = await failureOf(read(text));
      expect(failure).to.be.instanceOf(FileError).with.property('message', `${at('run.json')} was not written by lastfix, or by another version: move it away, or choose another output`);
    });
  }

  it('should say that it cannot be read, and why', async () => {
    expect(await failureOf(readRunFile(at()))).to.have.property('message', `${at()} is not a regular file: move it away, or choose another output`);
  });
});

describe('checkOrigin', () => {
  const differing = (was: Record<string, unknown>, is: Record<string, unknown>) => {
    const written = JSON.parse(JSON.stringify(was)) as Record<string, unknown>;
    try {
      checkOrigin('x.csv', written, is);
    } catch (failure) {
      expect(failure).to.be.instanceOf(FileError);
      const [, told] = /^cannot resume x\.csv: (.*): give it the input and the options that it was begun with, or start anew without --resume$/.exec((failure as Error).message) ?? [];
      return told;
    }
    return 'nothing';
  };

  it('should find no difference between the same, in any order', () => {
    expect(differing({}, {})).to.equal('nothing');
    expect(differing({ bytes: 3, columns: { device: 'a' }, until: null }, { until: null, columns: { device: 'a' }, bytes: 3 })).to.equal('nothing');
  });

  it('should tell everything that differs', () => {
    expect(differing({ bytes: 3, sha: 'a', coalesce: true }, { bytes: 4, sha: 'a', coalesce: false })).to.equal('bytes was 3 and is 4; coalesce was true and is false');
    expect(differing({ columns: { device: 'a' } }, { columns: { device: 'b' } })).to.equal('columns was {"device":"a"} and is {"device":"b"}');
  });

  it('should tell what one of them lacks', () => {
    expect(differing({ until: 'x' }, {})).to.equal('until was "x" and is null');
    expect(differing({ until: null }, {})).to.equal('nothing');
    expect(differing({}, { until: 'x' })).to.equal('until was null and is "x"');
  });

  it('should be brief, whatever a run file holds', () => {
    const long = 'x'.repeat(1e6);
    const many = Object.fromEntries(Array.from({ length: 1e4 }, (_, i) => [`key ${i}`, i]));
    for (const was of [{ input: long }, { [long]: 1 }, many]) expect(differing(was, {})!.length).to.be.within(10, 2000);
    expect(differing(many, {})).to.match(/^key 0 was 0 and is null; .* and 9985 more$/);
  });

  it('should compare what has no JSON as it is written', () => {
    expect(differing({ ahead: Infinity, until: undefined }, { ahead: Infinity, until: undefined })).to.equal('nothing');
  });
});
