import { shown } from '../../domain/shown.js';
import { isStoreUrl, storeUrl, type StoreUrl } from '../../store/storeUrl.js';
import { StoreError } from '../../store/StoreError.js';
import { StreamError } from '../../stream/StreamError.js';
import { isStreamUrl, streamUrl, type StreamUrl } from '../../stream/streamUrl.js';
import { systemName } from '../../index.js';
import { UsageError } from '../UsageError.js';

/** Where a replay ends, by what `--output` says: each kind is opened by `openOutput`. */
export type Output =
  | { readonly kind: 'log'; readonly path: string }
  | { readonly kind: 'store'; readonly url: StoreUrl }
  | { readonly kind: 'stream'; readonly url: StreamUrl }
  | { readonly kind: 'stdout' }
  | { readonly kind: 'http'; readonly url: URL }
  | { readonly kind: 'mqtt'; readonly url: URL; readonly topic: string };

/** The schemes of the systems that fixes are sent to. */
const SCHEMES: Readonly<Record<string, 'http' | 'mqtt'>> = { http: 'http', https: 'http', mqtt: 'mqtt', mqtts: 'mqtt' };

/**
 * What `--output` says: `-` is standard output, an address a database or another system, anything else the path of a log.
 *
 * @throws UsageError if it is no output; it never has what the address has of credentials
 */
export function outputOf(text: string): Output {
  if (text === '-') return { kind: 'stdout' };
  if (isStoreUrl(text)) return { kind: 'store', url: urlOf(text) };
  if (isStreamUrl(text)) return { kind: 'stream', url: streamOf(text) };
  const [, scheme] = /^([a-z][a-z\d+.-]*):\/\//i.exec(text) ?? [];
  if (scheme !== undefined) return addressOf(text, scheme.toLowerCase());
  if (text === '' || text.endsWith('/'))
    throw new UsageError(`--output ${shown(text)} is not a file: name one, such as ${text || 'output/'}output_stream.csv`);
  return { kind: 'log', path: text };
}

/** How an output is called in messages and in the report: never with the credentials that an address may have. */
export function nameOf(output: Output): string {
  if (output.kind === 'log') return output.path;
  if (output.kind === 'stdout') return 'standard output';
  return output.kind === 'store' || output.kind === 'stream' ? output.url.shown : systemName(output.url);
}

function addressOf(text: string, scheme: string): Output {
  const kind = Object.hasOwn(SCHEMES, scheme) ? SCHEMES[scheme] : undefined;
  if (kind === undefined)
    throw new UsageError(
      `--output ${scheme}://… is not an address that lastfix writes to: give the path of a file, - for standard output, or an address that begins with ${['postgres', 'nats', ...Object.keys(SCHEMES)].map((name) => `${name}://`).join(', ')}`,
    );
  if (!URL.canParse(text) || new URL(text).hostname === '')
    throw new UsageError(`--output ${scheme}://… is not a valid address: write it like ${scheme}://host:port/path`);
  const url = new URL(text);
  return kind === 'mqtt' ? { kind, url, topic: topicIn(url, text) } : { kind, url };
}

/** The pattern of topics that an address of a broker ends in. */
function topicIn({ protocol, pathname }: URL, text: string): string {
  const wanted = `write it like ${protocol}//host/fleet/{device}`;
  if (pathname.length < 2) throw new UsageError(`--output ${protocol}//… names no topic: ${wanted}`);
  if (/[?#]/.test(text) || /[+#\0]/.test(decoded(pathname)))
    throw new UsageError(`--output ${protocol}//… has a topic with ?, #, + or NUL, which nothing can be published to: ${wanted}`);
  return decoded(pathname).slice(1);
}

/** A part of an address as it was meant. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (cause) {
    throw new UsageError('--output: the topic has a % that encodes nothing: write it as %25', { cause });
  }
}

function urlOf(text: string): StoreUrl {
  try {
    return storeUrl(text);
  } catch (error) {
    throw error instanceof StoreError ? new UsageError(`--output: ${error.message}`) : error;
  }
}

function streamOf(text: string): StreamUrl {
  try {
    const url = streamUrl(text, process.env);
    if (url.subject !== undefined) throw new UsageError('--output: ?subject= is for reading a stream, since what is published has partitions: leave it out');
    return url;
  } catch (error) {
    throw error instanceof StreamError ? new UsageError(`--output: ${error.message}`) : error;
  }
}
