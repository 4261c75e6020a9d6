import { spawnSync } from 'node:child_process';
import { constants, existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { expect } from 'chai';
import { FileError } from '../../src/csv/FileError.js';
import { openRegular } from '../../src/csv/openRegular.js';
import { failureOf } from '../support/failureOf.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const { O_CREAT, O_RDONLY, O_RDWR, O_WRONLY } = constants;

describe('openRegular', () => {
  const at = temporaryFolder();
  const refusal = async (path: string, flags: number) => {
    const failure = await failureOf(openRegular('use', path, flags));
    expect(failure).to.be.instanceOf(FileError);
    return failure.message;
  };

  it('should open a file that is there, or make one by the umask', async () => {
    writeFileSync(at('file'), 'text');
    const file = await openRegular('use', at('file'), O_RDONLY);
    expect(await file.readFile('utf8')).to.equal('text');
    await file.close();
    const before = process.umask(0o027);
    await (await openRegular('use', at('new'), O_RDWR | O_CREAT)).close();
    process.umask(before);
    expect(statSync(at('new')).mode & 0o777).to.equal(0o640);
  });

  it('should follow no link, to a file or to nothing', async () => {
    symlinkSync('file', at('link'));
    symlinkSync('none', at('dangling'));
    for (const name of ['link', 'dangling'])
      expect(await refusal(at(name), O_RDWR | O_CREAT)).to.equal(
        `${at(name)} is a link, and links are not followed here: remove it, or choose another --output`,
      );
    expect(existsSync(at('none'))).to.equal(false);
  });

  it('should refuse a folder, a FIFO and a socket, and wait for nobody', async () => {
    mkdirSync(at('folder'));
    expect(spawnSync('mkfifo', [at('pipe')]).status).to.equal(0);
    const server = createServer().listen(at('socket'));
    await once(server, 'listening');
    for (const name of ['folder', 'pipe', 'socket']) {
      for (const flags of [O_RDONLY, O_WRONLY, O_RDWR])
        expect(await refusal(at(name), flags)).to.equal(
          `${at(name)} is ${name === 'folder' ? 'a folder, not a file' : 'not a regular file'}: move it away, or choose another path`,
        );
    }
    server.close();
  });

  it('should say why the system refuses, and keep that as the cause', async () => {
    const failure = await failureOf(openRegular('use', at('nowhere'), O_RDONLY));
    expect(failure.message).to.equal(`cannot use ${at('nowhere')}: no such file or directory (check the path)`);
    expect(failure.cause).to.include({ code: 'ENOENT' });
    expect(await refusal(at('file', 'x'), O_RDONLY)).to.equal(
      `cannot use ${at('file', 'x')}: not a directory (a part of the path is a file, not a folder)`,
    );
  });
});
