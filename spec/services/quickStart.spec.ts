import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { freePort } from '../support/freePort.js';
import { addressOf, lastfix } from '../support/lastfix.js';
import { Mosquitto } from '../support/Mosquitto.js';
import { NatsServer } from '../support/NatsServer.js';
import { temporaryFolder } from '../support/temporaryFolder.js';
import { ownDatabase } from './ownDatabase.js';

const PAPER = readFileSync(new URL('../../../docs/scale.md', import.meta.url), 'utf8');

describe('the quick start of a stream and a store', () => {
  const at = temporaryFolder();
  const own = ownDatabase();
  let nats: NatsServer;
  let mosquitto: Mosquitto;
  before(async () => {
    [nats, mosquitto] = await Promise.all([NatsServer.start(), Mosquitto.start()]);
  });
  after(() => Promise.all([nats.remove(), mosquitto.remove()]));

  it('should bring a recorded fleet from devices to the page, by the commands of the paper', async () => {
    const port = await freePort();
    /** The words of the command of the paper that begins so, with the servers of this spec. */
    const command = (start: string): string[] => {
      const [, args] = new RegExp(`^npx lastfix (${start}.*)$`, 'm').exec(PAPER)!;
      const here = args!
        .replace('127.0.0.1:4222', `127.0.0.1:${nats.port}`)
        .replace('127.0.0.1:1883', `127.0.0.1:${mosquitto.port}`)
        .replace("'postgres:///fleet?host=/var/run/postgresql'", own().url)
        .replace('8018', String(port));
      return here.split(' ');
    };
    const until = async (holds: () => Promise<boolean>) => {
      while (!(await holds())) await wait(20);
    };
    const textOf = (url: string) => fetch(url).then((answer) => answer.text(), () => '');
    const reaches = (url: string, found: RegExp) => until(async () => found.test(await textOf(url)));
    const ends: (() => void)[] = [];
    const runs = [command('gateway'), command('replay nats:')].map((args) => lastfix(args, at(), (child) => ends.push(() => child.kill('SIGINT'))));
    await reaches(`http://127.0.0.1:${port}/metrics`, /^lastfix_gateway_mqtt_connections 1$/m);
    const replayed = await lastfix([...command('replay --rebase'), '--rate', 'max'], at());
    expect(replayed.status, replayed.stderr).to.equal(0);
    const served = await lastfix([...command('serve'), '--port', '0'], at(), async (child) => {
      await reaches(`${await addressOf(child)}api/status`, /"rows":129\b/);
      child.kill('SIGINT');
    });
    expect(served.status, served.stderr).to.be.oneOf([0, 130]);
    const asked = await lastfix(['query', '--all', '--format', 'csv', own().url], at());
    expect(asked.stdout.split('\n')).to.have.lengthOf(6); // the header, four devices, the end
    const { status, stdout } = await lastfix([...command('status'), '--format', 'json'], at());
    expect(status, stdout).to.equal(0);
    for (const end of ends) end();
    expect((await Promise.all(runs)).map(({ status: ended }) => ended)).to.deep.equal([0, 130]);
  });
});
