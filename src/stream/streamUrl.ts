import { shown } from '../domain/shown.js';
import { streamCredentials, type StreamCredentials } from './streamCredentials.js';
import { StreamError } from './StreamError.js';
import { streamTls, type StreamTls } from './streamTls.js';
import type { Variables } from './Variables.js';

/** What a URL, and the environment, say of a stream. */
export interface StreamUrl {
  /** Servers of one cluster, `host:port` each. */
  readonly servers: readonly string[];
  readonly stream: string;
  /** The subject that is read, if the stream has subjects of its owner's: then it is one partition. */
  readonly subject?: string;
  readonly credentials: StreamCredentials;
  readonly tls: StreamTls;
  /** What to call it: without credentials. */
  readonly shown: string;
}

const SCHEME = /^(?:nats|tls):\/\//i;
const FORM = /^(nats|tls):\/\/(?:([^/?#]*)@)?([^/?#@]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/i;
/** A host, or an address of IPv6 in brackets, and a port. */
const SERVER = /^(\[[\da-f:.%]+\]|[^\s:[\]]+)(?::(\d{1,5}))?$/i;
const DEFAULT_PORT = 4222;
const EXAMPLE = 'write it like nats://host:4222/gps';
/** What a subject is made of, since the subjects of a stream begin with its name. */
const NAME = /^[^\s.*>/\\\p{Cc}]{1,200}$/u;
const SUBJECT = /^[^\s.]+(?:\.[^\s.]+)*$/u;
const PARAMETERS = ['subject', 'tls'];

/** Whether an address is that of a stream. */
export function isStreamUrl(text: string): boolean {
  return SCHEME.test(text);
}

/**
 * Reads the URL of a stream: `nats://user:password@host:port,host2:port/gps`, and after it `?subject=fleet.*` for a stream
 * whose subjects are its owner's, `&tls=require` or `&tls=first`. `tls://` is `nats://` with TLS, in any case.
 *
 * @param env where credentials and the files of TLS are, if the URL has none
 * @throws StreamError if it is not one, or if the variables contradict each other; no credentials are in its message
 */
export function streamUrl(text: string, env: Variables = {}): StreamUrl {
  const [, scheme, login, hosts, path = '', query = ''] = FORM.exec(text) ?? [];
  if (scheme === undefined || hosts === undefined) throw new StreamError(`the URL of the stream is not valid: ${EXAMPLE}, special characters like %40`);
  const servers = hosts.split(',').map(serverOf);
  const stream = decoded(path);
  if (stream === '') throw new StreamError(`the URL names no stream: ${EXAMPLE}`);
  if (!NAME.test(stream))
    throw new StreamError(`${shown(stream)} is not a valid name for a stream: it must have up to 200 characters, none of them white space or one of . * > / \\`);
  const parameters = new URLSearchParams(query);
  for (const name of parameters.keys())
    if (!PARAMETERS.includes(name)) throw new StreamError(`the URL of the stream has no parameter ${shown(name)}: give ${PARAMETERS.join(' or ')}`);
  const subject = parameters.get('subject') ?? undefined;
  if (subject !== undefined && !SUBJECT.test(subject))
    throw new StreamError(`subject=${shown(subject)} is not a subject: write it like fleet.* or fleet.>`);
  return {
    servers,
    stream,
    ...(subject === undefined ? {} : { subject }),
    credentials: streamCredentials(login, env),
    tls: streamTls(scheme.toLowerCase(), parameters.get('tls') ?? undefined, env),
    shown: `${scheme.toLowerCase()}://${hosts}/${path}${subject === undefined ? '' : `?subject=${subject}`}`,
  };
}

function serverOf(text: string): string {
  const [, host, port = String(DEFAULT_PORT)] = SERVER.exec(text) ?? [];
  if (host === undefined) throw new StreamError(`the URL of the stream has a host that is not valid: ${EXAMPLE}, or nats://host,host2/gps for a cluster`);
  if (!(Number(port) > 0 && Number(port) < 65536)) throw new StreamError(`port ${port} is not a port: give a number from 1 to 65535`);
  return `${host}:${port}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new StreamError('the URL of the stream has a % that does not begin the code of a character: write it as %25');
  }
}
