import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { serving } from '../support/serving.js';
import { temporaryFolder } from '../support/temporaryFolder.js';

const HEADER = 'time,device_id,lat,lon,speed,event_time\n';
const HOST = 'Host: localhost\r\n';
const POST = `POST /api/control HTTP/1.1\r\n${HOST}Content-Type: application/json\r\n`;

interface Document {
  readonly components: object;
  readonly paths: Record<
    string,
    Record<
      string,
      { readonly responses: Record<string, { readonly content: { readonly 'application/json': { readonly schema: object } } }> }
    >
  >;
}

describe('refuseBroken', () => {
  const at = temporaryFolder();
  before(() => { writeFileSync(at('log.csv'), HEADER); });

  /** All that is answered to what is sent as it is. */
  const sent = async (url: string, text: string) => {
    const { port } = new URL(url);
    const socket = connect(Number(port), '127.0.0.1').on('error', () => undefined);
    let answer = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
    socket.end(text);
    await once(socket, 'close');
    return answer;
  };

  const broken: readonly (readonly [what: string, text: string, status: number, error: string])[] = [
    ['no HTTP', 'GARBAGE\r\n\r\n', 400, 'bad-request'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'bad-request'],
    ['a header without an end', `GET /api/status HTTP/1.1\r\n${HOST}X: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'bad-request'],
    ['a length that is none', `GET /api/status HTTP/1.1\r\n${HOST}Content-Length: x\r\n\r\n`, 400, 'bad-request'],
    ['no host', 'GET /api/status HTTP/1.1\r\n\r\n', 421, 'wrong-host'],
    ['an expectation', `GET /api/status HTTP/1.1\r\n${HOST}Connection: close\r\nExpect: x\r\n\r\n`, 417, 'bad-request'],
    ['a tunnel', `CONNECT a:1 HTTP/1.1\r\n${HOST}\r\n`, 404, 'not-found'],
    ['another method', `PROPFIND /api/status HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`, 404, 'not-found'],
    ['a coding that is none', `${POST}Transfer-Encoding: x\r\n\r\n`, 400, 'bad-request'],
    ['a body that is too long', `${POST}Connection: close\r\nContent-Length: 2000\r\n\r\n${'x'.repeat(2000)}`, 413, 'bad-request'],
    ['an address that is none', `GET /api/devices/%zz/fix HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`, 400, 'bad-request'],
    ['a parameter that is none', `GET /api/status?x=1 HTTP/1.1\r\n${HOST}Connection: close\r\n\r\n`, 400, 'bad-request'],
    ['an id that is none', `GET /api/events HTTP/1.1\r\n${HOST}Connection: close\r\nLast-Event-ID: x\r\n\r\n`, 400, 'bad-request'],
    [
      'an id that is too long',
      `GET /api/events HTTP/1.1\r\n${HOST}Connection: close\r\nLast-Event-ID: ${'x'.repeat(101)}\r\n\r\n`,
      400,
      'bad-request',
    ],
  ];
  for (const [what, text, status, error] of broken) {
    it(`should answer ${what} as the document says`, async () => {
      await serving(at('log.csv'), async (url) => {
        const answer = await sent(url, text);
        const { paths, components } = (await (await fetch(`${url}api/openapi.json`)).json()) as Document;
        const { responses } = paths['/api/control']!['post']!;
        expect(answer).to.match(new RegExp(`^HTTP/1.1 ${status} `)).and.match(/\r\ncontent-type: application\/json; charset=utf-8\r\n/i);
        const told: unknown = JSON.parse(/\{.*\}/.exec(answer)![0]);
        expect(told).to.include({ error });
        const schema = responses[status]?.content['application/json'].schema ?? { $ref: '#/components/schemas/Failure' };
        expect(new Ajv2020({ strict: false }).validate({ ...schema, components }, told)).to.equal(true);
      });
    });
  }

  it('should say nothing amid what is being answered', async () => {
    await serving(at('log.csv'), async (url) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined);
      let answer = '';
      socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk)).write(`GET /api/events HTTP/1.1\r\n${HOST}\r\n`);
      await once(socket, 'data');
      socket.write('GARBAGE\r\n\r\n');
      await once(socket, 'close');
      expect(answer.match(/HTTP\/1.1/g)).to.have.length(1);
    });
  });
});
