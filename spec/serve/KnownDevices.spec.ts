import { writeFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Appended } from '../../src/domain/Appended.js';
import { finish } from '../../src/domain/finish.js';
import { CsvPast } from '../../src/history/CsvPast.js';
import { KnownDevices } from '../../src/serve/KnownDevices.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const HEADER = 'time,device_id,lat,lon,speed,event_time\n';
const TIME = '2021-10-23T12:30:03.385959Z';
const appended = (type: Appended['type'], changes: readonly string[], late: readonly string[] = []): Appended => {
  const rows = (devices: readonly string[]) => devices.map((device) => ({ fix: { device } }));
  return { type, changes: rows(changes), late: rows(late) } as unknown as Appended;
};

describe('KnownDevices', () => {
  const at = temporaryFolder();
  let past: CsvPast;
  let known: KnownDevices;
  beforeEach(() => {
    writeFileSync(at('log.csv'), HEADER + ['b', 'a', 'b'].map((device) => `${TIME},${device},1,2,,${TIME}\n`).join(''));
    past = new CsvPast(at('log.csv'));
    known = new KnownDevices();
  });
  afterEach(() => past.close());
  const all = () => [known.size, ...finish(known.inOrder())];

  it('should know those of the log, and of what comes while that is read and afterwards, in order', async () => {
    const reading = known.read(past);
    known.add(appended('rows', ['c', 'a'], ['0']));
    await reading;
    expect(all()).to.deep.equal([4, '0', 'a', 'b', 'c']);
    known.add(appended('rows', [], ['ab']));
    expect(all()).to.deep.equal([5, '0', 'a', 'ab', 'b', 'c']);
  });

  it('should find them once, and try again only if they could not be read', async () => {
    let asked = 0;
    const ids = async () => {
      if (++asked === 1) throw new Error('the log cannot be read');
      return past.devices();
    };
    const failure = await known.read({ devices: ids }).catch((error: unknown) => error);
    expect(String(failure)).to.equal('Error: the log cannot be read');
    await known.read({ devices: ids });
    await known.read({ devices: ids });
    expect([asked, ...all()]).to.deep.equal([2, 2, 'a', 'b']);
  });

  it('should know none of a log that another took the place of, be it while it is read or in the midst of being sorted', async () => {
    const reading = known.read(past);
    known.add(appended('reset', []));
    known.add(appended('rows', ['c']));
    await reading;
    expect(all()).to.deep.equal([1, 'c']);
    known.add(appended('rows', ['d']));
    const sorting = known.inOrder();
    sorting.next();
    known.add(appended('reset', ['x', 'y']));
    expect(finish(sorting)).to.deep.equal(['c', 'd']);
    expect(all()).to.deep.equal([2, 'x', 'y']);
  });
});
