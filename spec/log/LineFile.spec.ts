import { readdirSync, readFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { FileError } from '../../src/csv/FileError.js';
import { LineFile } from '../../src/log/LineFile.js';
import { failureOf } from '../support/failureOf.js';
import { faultyDisk } from '../support/faultyDisk.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

describe('LineFile', () => {
  const at = temporaryFolder();
  const text = (...names: string[]) => readFileSync(at(...names), 'utf8');

  it('should take the place of what was there only when it is published', async () => {
    writeFileSync(at('log'), 'old\n');
    const file = await LineFile.create(at('log'));
    await file.append(['a\n']);
    expect(text('log')).to.equal('old\n');
    await file.publish();
    expect(text('log')).to.equal('a\n');
    await file.append([]);
    await file.append(['é\n', 'b\n']);
    expect(text('log')).to.equal('a\né\nb\n');
    expect(file.size).to.equal(7);
    await file.close();
  });

  it('should take the place of a link, and leave alone what that leads to', async () => {
    writeFileSync(at('target'), 'old\n');
    symlinkSync('target', at('link'));
    const file = await LineFile.create(at('link'));
    await file.publish();
    await file.append(['new\n']);
    await file.close();
    expect([text('target'), text('link')]).to.deep.equal(['old\n', 'new\n']);
  });

  it('should notice that a link to where it was moved has taken its place', async () => {
    const file = await LineFile.create(at('moved'));
    await file.publish();
    renameSync(at('moved'), at('aside'));
    symlinkSync('aside', at('moved'));
    expect(await failureOf(file.append(['a\n'])))
      .to.have.property('message')
      .that.includes('moved was deleted, moved or replaced while it was written');
    await file.close();
  });

  it('should leave nothing behind when it is discarded', async () => {
    const file = await LineFile.create(at('never'));
    await file.discard();
    expect(readdirSync(at()).filter((name) => name.startsWith('never'))).to.deep.equal([]);
  });

  it('should write more than fits into one string, in order', async () => {
    const file = await LineFile.create(at('big'));
    await file.publish();
    const lines = Array.from({ length: 5 }, (_, i) => `${String(i).repeat(5_000_000)}\n`);
    await file.append(lines);
    await file.close();
    expect(text('big') === lines.join('')).to.equal(true);
  });

  it('should notice that it was deleted, or replaced by another run', async () => {
    const file = await LineFile.create(at('gone'));
    await file.publish();
    rmSync(at('gone'));
    expect(await failureOf(file.append(['a\n'])))
      .to.have.property('message')
      .that.includes('gone was deleted, moved or replaced while it was written');
    await file.close();
  });

  it('should say which file it cannot make, and why', async () => {
    expect(await failureOf(LineFile.create(at('no', 'log')))).to.have.property(
      'message',
      `cannot write ${at('no', 'log')}: no such file or directory (check the path)`,
    );
  });

  describe('resume', () => {
    const resume = (held: string | Buffer) => {
      writeFileSync(at('log'), held);
      return LineFile.resume(at('log'));
    };

    it('should open an empty file where there is none', async () => {
      const file = await LineFile.resume(at('none'));
      expect(file).to.include({ size: 0, ahead: 0 });
      await file.append(['a\n']);
      await file.close();
      expect(text('none')).to.equal('a\n');
    });

    it('should write only what the file does not hold yet', async () => {
      const file = await resume('a\nbc');
      expect(file).to.include({ size: 0, ahead: 4, written: 0 });
      await file.append(['a\n']);
      expect(file).to.include({ size: 2, ahead: 2, written: 0 });
      expect(text('log')).to.equal('a\nbc');
      await file.append(['bcd\n']);
      expect(file).to.include({ size: 6, ahead: 0, written: 2 });
      await file.append(['e\n']);
      expect(file).to.include({ size: 8, ahead: 0, written: 4 });
      await file.close();
      expect(text('log')).to.equal('a\nbcd\ne\n');
    });

    it('should leave a file as it is that nothing is missing of', async () => {
      const file = await resume('a\nb\n');
      await file.append(['a\n']);
      await file.publish();
      await file.discard();
      expect(text('log')).to.equal('a\nb\n');
    });

    it('should complete any beginning, also with zeros in it, whatever is given at once', async () => {
      const line = fc.string({ unit: fc.constantFrom('a', 'é', '"', '\n'), maxLength: 20 }).map((text) => `${text}\n`);
      const hole = fc.record({ from: fc.nat(400), length: fc.nat(400) });
      await fc.assert(
        fc.asyncProperty(fc.array(fc.array(line)), fc.nat(400), fc.option(hole), fc.boolean(), async (batches, cut, hole, torn) => {
          const whole = batches.flat().join('');
          const held = Buffer.from(whole).subarray(0, cut);
          if (hole) held.fill(0, Math.min(hole.from, held.length), Math.min(hole.from + hole.length, held.length));
          const file = await resume(held);
          if (torn) await file.cutTornLine();
          for (const batch of batches) await file.append(batch);
          expect(file).to.include({ size: Buffer.byteLength(whole), ahead: 0 });
          await file.close();
          expect(text('log')).to.equal(whole);
        }),
        { numRuns: 300 },
      );
    });

    it('should refuse to go on where the file holds another row, and leave it as it is', async () => {
      const file = await resume('a,1\nb,2\nc,3\n');
      await file.append(['a,1\n']);
      const failure = await failureOf(file.append(['b,4\n', 'c,3\n']));
      await file.close();
      expect(failure).to.be.instanceOf(FileError);
      expect(failure.message).to.equal(
        `${at('log')} holds the row "b,2" where this run writes "b,4": it was changed since; restore it, or start anew without --resume`,
      );
      expect(text('log')).to.equal('a,1\nb,2\nc,3\n');
    });

    it('should notice that it shrank', async () => {
      const file = await resume('a\nb\n');
      truncateSync(at('log'), 2);
      expect(await failureOf(file.append(['a\n', 'b\n']))).to.have.property('message').that.includes('log shrank while it was resumed');
      await file.close();
    });

    it('should say which file it cannot open, and why', async () => {
      expect(await failureOf(LineFile.resume(at()))).to.have.property(
        'message',
        `${at()} is a folder, not a file: move it away, or choose another path`,
      );
    });
  });

  describe('cutTornLine', () => {
    const cut = async (held: string, given: readonly string[] = []) => {
      writeFileSync(at('log'), held);
      const file = await LineFile.resume(at('log'));
      await file.append(given);
      await file.cutTornLine();
      expect(file.ahead).to.equal(text('log').length - file.size);
      await file.close();
      return text('log');
    };

    for (const [what, held, left] of [
      ['nothing of an empty file', '', ''],
      ['nothing of whole lines', 'a\nb\n', 'a\nb\n'],
      ['what follows the last line end', 'a\nb', 'a\n'],
      ['all of a file without a line end', 'ab', ''],
      ['the zeros that a power cut left', 'a\nb\0\0', 'a\n'],
    ] as const) {
      it(`should cut ${what}`, async () => {
        expect(await cut(held)).to.equal(left);
      });
    }

    it('should find the last line end however far it is from the end', async () => {
      for (const length of [65_535, 65_536, 65_537, 131_072, 200_000]) {
        expect(await cut(`a\n${'b'.repeat(length)}`) === 'a\n', `${length} bytes before it`).to.equal(true);
      }
    });

    it('should cut nothing that was given', async () => {
      expect(await cut('header,', ['header,note\n'])).to.equal('header,note\n');
      expect(await cut('"two\nlines"\nto', ['"two\nlines"\n'])).to.equal('"two\nlines"\n');
    });
  });

  describe('on a disk that fails', () => {
    const disk = faultyDisk();

    it('should keep the lines that were there when a resumed file cannot be written', async () => {
      writeFileSync(at('log'), 'a\nb\nc');
      const file = await LineFile.resume(at('log'));
      disk.fillsUpAfter(1);
      expect(await failureOf(file.append(['a\n', 'b\n', 'cc\n', 'd\n'])))
        .to.have.property('message')
        .that.includes('no space left on device');
      expect(text('log')).to.equal('a\nb\n');
      await file.close();
    });
    const published = async () => {
      const file = await LineFile.create(at('log'));
      await file.publish();
      await file.append(['whole\n']);
      return file;
    };

    it('should complete a write that was short', async () => {
      const file = await published();
      disk.writesAtMost(3);
      await file.append(['one\n', 'twö\n']);
      expect(file.size).to.equal(15);
      await file.close();
      expect(text('log')).to.equal('whole\none\ntwö\n');
    });

    it('should leave no half of a line behind when the disk is full, and go on when it has room', async () => {
      const file = await published();
      disk.fillsUpAfter(6);
      const failure = await failureOf(file.append(['one\n', 'two\n']));
      expect(failure).to.be.instanceOf(FileError);
      expect(failure.message).to.equal(
        `cannot write ${at('log')}: no space left on device (make room, then run the command again, a replay with --resume)`,
      );
      expect(text('log')).to.equal('whole\n');
      disk.works();
      await file.append(['and on\n']);
      await file.close();
      expect(text('log')).to.equal('whole\nand on\n');
    });

    it('should complete, when resumed again, a line that the disk had no room for', async () => {
      writeFileSync(at('log'), 'whole\no');
      const file = await LineFile.resume(at('log'));
      await file.append(['whole\n']);
      disk.fillsUpAfter(1);
      expect((await failureOf(file.append(['one\n']))).message).to.include('no space left on device');
      await file.close();
      disk.works();
      const again = await LineFile.resume(at('log'));
      await again.append(['whole\n', 'one\n']);
      await again.close();
      expect(text('log')).to.equal('whole\none\n');
    });

    it('should say so if it cannot cut off the half of a line either', async () => {
      const file = await published();
      disk.fillsUpAfter(2);
      disk.failsToTruncate();
      const { message } = await failureOf(file.append(['one\n']));
      await file.close();
      expect(message).to.match(/no space left on device .*, nor cut off the half of a line that may be left at its end: EIO$/);
      expect(text('log')).to.equal('whole\non');
    });

    it('should say that what it wrote cannot be made safe', async () => {
      const file = await published();
      disk.failsToSync();
      const failure = await failureOf(file.sync());
      await file.close();
      expect(failure).to.be.instanceOf(FileError).with.property('message', `cannot sync ${at('log')}: i/o error`);
    });
  });
});
