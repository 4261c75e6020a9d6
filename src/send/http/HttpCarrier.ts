import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { basicAuth } from '../basicAuth.js';
import type { Carried, Carrier } from '../Carrier.js';
import type { Credentials } from '../Credentials.js';
import type { Parcel } from '../Parcel.js';
import { systemName } from '../systemName.js';
import { withoutSecrets } from '../withoutSecrets.js';
import { httpAnswer } from './httpAnswer.js';
import type { HttpForm } from './HttpForm.js';

/** What a message has at most: with so much, a request costs little a fix, and is small for a server. */
const [MAX_FIXES, MAX_BYTES] = [500, 512 * 1024];
/** So many bytes of an answer are kept, and so many read: with one that is longer, its connection is given up. */
const [MAX_KEPT, MAX_READ] = [4096, 1024 * 1024];

export interface HttpCarrierOptions {
  readonly form: HttpForm;
  readonly credentials?: Credentials;
  /** How many connections there may be. Default: 8. */
  readonly connections?: number;
  /** A request is made anew that is not answered for so many ms. Default: 30,000. */
  readonly patience?: number;
}

/** Sends requests to an address, over connections that stay. What `Carrier.carry` gives is by the status of the answer. */
export class HttpCarrier implements Carrier {
  readonly name: string;
  readonly lanes: number;
  readonly most: { readonly fixes: number; readonly bytes: number };
  readonly #url: URL;
  readonly #form: HttpForm;
  readonly #credentials: Credentials;
  readonly #patience: number;
  readonly #agent: HttpAgent;

  constructor(url: URL, { form, credentials = {}, connections = 8, patience = 30_000 }: HttpCarrierOptions) {
    this.#url = new URL(url);
    this.#url.username = this.#url.password = this.#url.hash = '';
    this.name = systemName(url);
    this.lanes = connections;
    this.most = form.many ? { fixes: MAX_FIXES, bytes: MAX_BYTES } : { fixes: 1, bytes: 1 };
    this.#form = form;
    this.#credentials = credentials;
    this.#patience = patience;
    this.#agent = new (url.protocol === 'https:' ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets: connections });
  }

  async carry(parcels: readonly Parcel[], signal: AbortSignal): Promise<Carried> {
    const { method, query, headers = {}, body } = this.#form.message(parcels);
    const url = new URL(this.#url);
    if (query !== undefined) url.search = url.search === '' ? query : `${url.search}&${query}`;
    const all = { ...headers, ...authorization(this.#credentials), ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) };
    const answer = await this.#ask(url, method, all, body, signal);
    return 'reason' in answer ? { ...answer, reason: withoutSecrets(answer.reason, this.#credentials) } : answer;
  }

  close(): Promise<void> {
    this.#agent.destroy();
    return Promise.resolve();
  }

  #ask(url: URL, method: string, headers: OutgoingHttpHeaders, body: string | undefined, signal: AbortSignal): Promise<Carried> {
    const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve) => {
      const asked = request(url, { method, headers, agent: this.#agent, signal, timeout: this.#patience });
      const failed = (error: NodeJS.ErrnoException) => { resolve({ kind: 'again', reason: error.message || (error.code ?? 'no connection') }); };
      asked.on('timeout', () => asked.destroy(new Error(`no answer within ${this.#patience / 1000} s`)));
      asked.on('error', failed);
      asked.on('response', (response) => {
        bodyOf(response).then((text) => { resolve(answerOf(response, text)); }, failed);
      });
      asked.end(body);
    });
  }
}

function answerOf({ statusCode = 0, statusMessage = '', headers }: IncomingMessage, body: string): Carried {
  return httpAnswer({ status: statusCode, reason: statusMessage, body, retryAfter: headers['retry-after'], location: headers.location });
}

/** The beginning of a body, when all of it has come, so that its connection can be used again; or so much that it may never end. */
async function bodyOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    if (length < MAX_KEPT) chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_READ) break;
  }
  return Buffer.concat(chunks).toString('utf8', 0, MAX_KEPT);
}

function authorization(credentials: Credentials): OutgoingHttpHeaders {
  const { user, password, token } = credentials;
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  return user === undefined && password === undefined ? {} : { authorization: `Basic ${basicAuth(credentials)}` };
}
