// A replay that is served to a crowd: so many clients listen to its events, ten of which read nothing, while others ask for the
// fleet as of a moment, for what is not there, with bodies that are too large, and with half of a request. Prints its report, as
// JSON, with the number of events that came and of requests that were answered.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Agent, get, request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { lastfix } from './processes.js';

const [input = '', output = '', stats = '', clients = '1000'] = process.argv.slice(2);
const DEAF = 10;
const EVERY = 100; // ms between the requests of the others
const { script, args } = lastfix('replay', input, '--output', output, '--stats', stats, '--quiet', '--serve', '--port', '0');
const replay = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
const url = await new Promise<string>((resolve, reject) => {
  let said = '';
  replay.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    const found = /http:\S+/.exec(said)?.[0];
    if (found !== undefined) resolve(found);
  });
  replay.once('close', () => { reject(new Error(said)); });
});
const port = Number(new URL(url).port);
let [events, answered] = [0, 0];

const listening = new Agent({ keepAlive: false, maxSockets: Infinity });
for (let i = 0; i < Number(clients); i++) {
  get(`${url}api/events`, { agent: listening }, (response) => {
    if (i >= DEAF) response.setEncoding('latin1').on('data', (text: string) => (events += text.split('event: flush').length - 1));
    response.on('error', () => undefined); // it is dropped, or the replay has ended
  }).on('error', () => undefined);
}

const answer = (response: IncomingMessage) => {
  answered++;
  response.resume();
};
const ask = (path: string, method = 'GET', body = '') =>
  request(`${url}${path}`, { method, headers: body ? { 'content-type': 'application/json', 'content-length': body.length } : {} }, answer)
    .on('error', () => undefined) // refused, which is an answer too
    .end(body);
for (let running = true; running; ) {
  ask('api/fleet');
  ask('api/devices/..%2F..%2Fx/fix?at=2021-10-23T12%3A00%3A00Z');
  ask('%2e%2e/%2e%2e/etc/passwd');
  ask(`api/${'x'.repeat(10_000)}`);
  ask('api/control', 'POST', 'x'.repeat(100_000));
  connect(port, '127.0.0.1').on('error', () => undefined).write('GET /api/events HTTP/1.1\r\nHost: loc'); // and never goes on
  await wait(EVERY);
  running = await new Promise<boolean>((resolve, reject) => {
    get(`${url}api/status`, (response) => {
      let text = '';
      response
        .setEncoding('utf8')
        .on('data', (part: string) => (text += part))
        .on('end', () => {
          resolve((JSON.parse(text) as { replaying: boolean }).replaying);
        });
    }).on('error', reject);
  });
}
await wait(500); // its report is being written
replay.kill('SIGINT');
await once(replay, 'close');
process.stdout.write(JSON.stringify({ report: JSON.parse(readFileSync(stats, 'utf8')) as unknown, events, answered }));
process.exit(0);
