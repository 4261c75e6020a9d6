import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import mqtt, { type MqttClient } from 'mqtt';
import type { ReplayReport } from '../../src/cli/replay/reportOf.js';
import { eventually } from '../support/eventually.js';
import { lastfix } from '../support/lastfix.js';
import { Mosquitto } from '../support/Mosquitto.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const [DEVICES, FIXES] = ['abcdefgh', 4000];

describe('lastfix replay into Mosquitto', () => {
  const at = temporaryFolder();
  let broker: Mosquitto | undefined;
  let reader: MqttClient | undefined;
  /** What the reader got: the places of each device, in the order of their coming, each once. */
  let places: Record<string, number[]>;
  before(() => {
    const rows = Array.from({ length: FIXES }, (_, i) => {
      const event = `2021-10-23T12:30:00.${String(i).padStart(6, '0')}Z`;
      return `${DEVICES[i % DEVICES.length]!},1,2,${event},2021-10-23T12:30:01Z,3\n`;
    });
    writeFileSync(at('many.csv'), `device_fk_id,latitude,longitude,time_stamp,sts,speed\n${rows.join('')}`);
  });
  beforeEach(() => { places = {}; });
  afterEach(async () => {
    await reader?.endAsync(true);
    await broker?.remove();
    reader = broker = undefined;
  });
  const url = () => `mqtt://127.0.0.1:${broker!.port}/fleet/{device}`;
  const args = (output: string) => ['replay', 'many.csv', '--rate', 'max', '--output', output, '--stats', 'stats.json'];
  /** Subscribes to all topics, in a session that the broker keeps. */
  const read = async (options: { username?: string; password?: string } = {}) => {
    reader = mqtt.connect(`mqtt://127.0.0.1:${broker!.port}`, { clean: false, clientId: 'reader', reconnectPeriod: 50, ...options });
    reader.on('error', () => undefined); // it comes back
    reader.on('message', (topic, payload) => {
      const { device_id, seq } = JSON.parse(payload.toString()) as { readonly device_id: string; readonly seq: number };
      expect(topic).to.equal(`fleet/${device_id}`);
      const known = (places[device_id] ??= []);
      if (!known.includes(seq)) known.push(seq);
    });
    await reader.subscribeAsync('fleet/+', { qos: 1 });
  };
  const count = () => Object.values(places).reduce((sum, all) => sum + all.length, 0);
  const expectAll = async () => {
    await eventually(() => count() === FIXES);
    for (const [i, device] of Array.from(DEVICES).entries())
      expect(places[device]).to.deep.equal(Array.from({ length: FIXES / DEVICES.length }, (_, k) => i + 1 + k * DEVICES.length));
  };

  it('should bring every fix to who subscribes, each device in order', async () => {
    broker = await Mosquitto.start();
    await read();
    const { status, stderr } = await lastfix(args(url()), at());
    expect(status, stderr).to.equal(0);
    await expectAll();
  });

  it('should lose nothing, and keep the order, when the broker is started anew', async () => {
    broker = await Mosquitto.start();
    await read();
    const { status, stderr } = await lastfix(args(url()), at(), async () => {
      await eventually(() => count() > 200);
      await broker!.stop();
      await broker!.resume();
    });
    expect(status, stderr).to.equal(0);
    await expectAll();
    const { sending } = JSON.parse(readFileSync(at('stats.json'), 'utf8')) as ReplayReport;
    expect(sending).to.include({ sent: FIXES, acknowledged: FIXES, unacknowledged: 0 });
  });

  it('should be let in with its password alone', async () => {
    broker = await Mosquitto.start({ me: 'hunter2' });
    await read({ username: 'me', password: 'hunter2' });
    const refused = await lastfix(args(url().replace('//', '//me:wrong-one@')), at());
    expect(refused.status).to.equal(1);
    expect(refused.stderr).to.match(/refuses the connection: Connection refused: Not authorized; check the user/).and.not.to.include('wrong-one');
    const env = { ...process.env, LASTFIX_OUTPUT_USER: 'me', LASTFIX_OUTPUT_PASSWORD: 'hunter2' };
    const { status, stderr } = await lastfix(args(url()), at(), undefined, { env });
    expect(status, stderr).to.equal(0);
    await expectAll();
  });
});
