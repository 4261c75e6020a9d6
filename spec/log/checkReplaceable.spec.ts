import { linkSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { checkReplaceable } from '../../src/log/checkReplaceable.js';
import { logPaths } from '../../src/log/paths.js';
import { failureOf } from '../support/failureOf.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const LOG = 'time,device_id,lat,lon,speed,event_time';

describe('checkReplaceable', () => {
  const at = temporaryFolder();
  let paths = logPaths('');
  let count = 0;
  beforeEach(() => {
    const folder = String(count++);
    mkdirSync(at(folder));
    paths = logPaths(at(folder, 'x.csv'));
  });
  const refusal = async () => (await failureOf(checkReplaceable(paths))).message;

  it('should allow what is not there, or is empty, and name nothing', async () => {
    writeFileSync(paths.changes, '');
    expect(await checkReplaceable(paths)).to.deep.equal([]);
  });

  it('should allow and name the files of a run before, with extra columns too', async () => {
    writeFileSync(paths.changes, `${LOG},note\n`);
    writeFileSync(paths.late, `${LOG},note,reason,latest_event_time\n`);
    writeFileSync(paths.rejected, 'line,reason,record\n');
    expect(await checkReplaceable(paths)).to.deep.equal([paths.changes, paths.late, paths.rejected]);
  });

  for (const [kind, header] of [
    ['changes', 'a,b'],
    ['changes', `${LOG},reason,latest_event_time`],
    ['changes', 'device_fk_id,latitude,longitude,time_stamp,sts,speed'],
    ['late', LOG],
    ['rejected', 'line,reason'],
  ] as const) {
    it(`should refuse to replace the ${kind} file by one that starts ${header}`, async () => {
      writeFileSync(paths[kind], `${header}\n1\n`);
      expect(await refusal()).to.equal(
        `${paths[kind]} was not written by lastfix (it has another header): move it away, or choose another --output`,
      );
    });
  }

  it('should refuse what is no CSV at all, a folder, and what is not a regular file', async () => {
    writeFileSync(paths.changes, Buffer.from([0xff, 0xfe, 0]));
    expect(await refusal()).to.include('was not written by lastfix');
    paths = { ...paths, changes: at() };
    expect(await refusal()).to.include('is a folder');
    paths = { ...paths, changes: '/dev/null' };
    expect(await refusal()).to.include('/dev/null is not a regular file');
  });

  it('should take any file for one of a log if asked to, and name it, but no folder', async () => {
    writeFileSync(paths.changes, 'time,dev');
    expect(await checkReplaceable(paths, { anyHeader: true })).to.deep.equal([paths.changes]);
    mkdirSync(paths.late);
    expect(await failureOf(checkReplaceable(paths, { anyHeader: true }))).to.have.property('message').that.includes('is a folder');
  });

  it('should refuse a link, to a file or to nothing', async () => {
    writeFileSync(at('other.csv'), `${LOG}\n`);
    for (const target of ['other.csv', 'none.csv']) {
      rmSync(paths.changes, { force: true });
      symlinkSync(at(target), paths.changes);
      expect(await refusal()).to.equal(`${paths.changes} is a link, and links are not followed here: remove it, or choose another --output`);
    }
  });

  it('should refuse two names of one file', async () => {
    writeFileSync(paths.changes, '');
    linkSync(paths.changes, paths.late);
    expect(await refusal()).to.equal(`${paths.late} and ${paths.changes} are one file: remove the link, or choose another --output`);
  });
});
