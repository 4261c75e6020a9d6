// The load of a broker: so many connections publish so many messages in all, with QoS 1 and 100 under way each.
import mqtt from 'mqtt';

const [port, connections, messages] = process.argv.slice(2).map(Number) as [number, number, number];
const UNDER_WAY = 100;
let next = 0;

/** Publishes until all are. */
async function run(connection: number): Promise<void> {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`);
  const publishing = async () => {
    while (next < messages) {
      const n = next++;
      const body = `{"_type":"location","lat":${(23 + (n % 100) / 997).toFixed(7)},"lon":${(76 + (n % 100) / 991).toFixed(7)},"tst":${1634992236 + n},"vel":${n % 90}}`;
      await client.publishAsync(`owntracks/${connection}/${n % 1000}`, body, { qos: 1 });
    }
  };
  await Promise.all(Array.from({ length: UNDER_WAY }, publishing));
  await client.endAsync();
}

await Promise.all(Array.from({ length: connections }, (_, connection) => run(connection)));
