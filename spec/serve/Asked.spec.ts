import { statSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { Turns } from '../../src/rx/Turns.js';
import { Asked } from '../../src/serve/Asked.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const HEADER = 'time,device_id,lat,lon,speed,event_time\n';
const row = (device: string) => `2021-10-23T12:00:00.000000Z,${device},1,2,,2021-10-23T12:00:00.000000Z\n`;

describe('Asked', () => {
  const at = temporaryFolder();
  const log = () => at('log.csv');
  let asked: Asked | undefined;
  afterEach(() => asked?.close());

  it('should ask the log as it is now, though another was written over it that is as long', async () => {
    writeFileSync(log(), HEADER + row('a'));
    const { ino, size } = statSync(log());
    asked = new Asked(log(), new Turns());
    const found = (device: string) => asked!.ask((history) => history.newest(device, { event: Infinity, arrival: Infinity })?.device);
    expect([await found('a'), await found('b')]).to.deep.equal(['a', undefined]);
    writeFileSync(log(), HEADER + row('b'), { flag: 'r+' });
    expect(statSync(log())).to.include({ ino, size });
    expect([await found('b'), await found('a')]).to.deep.equal(['b', undefined]);
  });
});
