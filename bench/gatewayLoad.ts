// The load of a gateway: so many clients, each with a connection of its own that stays, post fixes one request after the
// other, for so long. Prints how many were answered with 200, and the times of the answers, as JSON.
import { connect } from 'node:net';
import { Distribution } from '../src/report/Distribution.js';

const [port, clients, fixes, seconds] = process.argv.slice(2).map(Number) as [number, number, number, number];
const answered = new Distribution();
const refused: string[] = [];
let taken = 0;
const start = performance.now();
const deadline = start + seconds * 1000;

/** A request of one client, of devices of its own. */
function requestOf(client: number, i: number): string {
  const time = new Date(Date.now() + i).toISOString();
  const lines = Array.from({ length: fixes }, (_, k) => {
    const device = `vehicle-${(client * 101 + i * fixes + k) % 20_000}`;
    return `{"device_id":"${device}","lat":${(23 + (k % 100) / 997).toFixed(7)},"lon":${(76 + (i % 100) / 991).toFixed(7)},"speed":${k % 90},"event_time":"${time}"}\n`;
  });
  const body = lines.join('');
  return `POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-ndjson\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** Posts until the time is over. */
function run(client: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const requests = Array.from({ length: 20 }, (_, i) => requestOf(client, i));
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let [i, begun, answer] = [0, 0, ''];
    const ask = () => {
      begun = performance.now();
      socket.write(requests[i++ % requests.length]!);
    };
    socket.setEncoding('latin1').on('error', reject).once('connect', ask);
    socket.on('data', (chunk: string) => {
      answer += chunk;
      const [head, length] = /^[^]*?\r\ncontent-length: (\d+)\r\n[^]*?\r\n\r\n/i.exec(answer) ?? [];
      if (head === undefined || answer.length < head.length + Number(length)) return;
      const now = performance.now();
      if (answer.startsWith('HTTP/1.1 200')) {
        answered.record(now - begun);
        taken++;
      } else refused.push(answer);
      answer = '';
      if (now < deadline) ask();
      else socket.end(resolve);
    });
  });
}

await Promise.all(Array.from({ length: clients }, (_, client) => run(client)));
const spent = (performance.now() - start) / 1000;
const { length } = refused;
process.stdout.write(JSON.stringify({ posts: taken, perSecond: taken / spent, refused: length, first: refused[0], ...answered.figures() }));
