import { StreamError } from '../../stream/StreamError.js';
import { isStreamUrl, streamUrl, type StreamUrl } from '../../stream/streamUrl.js';
import { checkNames, durationOf, parseCommand } from '../arguments.js';
import { nameOf, outputOf, type Output } from '../replay/outputOf.js';
import { OPTIONS } from '../replay/replayOptions.js';
import { syncOf } from '../replay/syncOf.js';
import { UsageError } from '../UsageError.js';
import { checkForStream } from './checkForStream.js';

const DAY = 24 * 3_600_000;
/** The options of a replay, without what they are if they are not given. */
const GIVEN = Object.fromEntries(
  Object.entries(OPTIONS).map(([name, option]) => [name, { ...option, default: undefined }]),
) as unknown as { readonly [Name in keyof typeof OPTIONS]: Omit<(typeof OPTIONS)[Name], 'default'> };

/** What is to be done with what comes in a stream. Durations in ms. */
export interface WorkSettings {
  readonly from: StreamUrl;
  /** As it was named, without credentials. */
  readonly input: string;
  readonly to: Extract<Output, { readonly kind: 'log' | 'store' }>;
  /** How that is called in messages and in the report. */
  readonly output: string;
  readonly drains: boolean;
  readonly acceptsGap: boolean;
  readonly resume: boolean;
  readonly stats: string | undefined;
  readonly quiet: boolean;
  readonly index: boolean;
  readonly flushEvery: number;
  readonly syncEvery: number;
}

/** Understands the command line of a replay whose input is a stream; `undefined` if it is not one. @throws UsageError if it cannot */
export function workSettings(args: readonly string[]): WorkSettings | undefined {
  const { values, positionals } = parseCommand(args, GIVEN);
  if (values.help) return undefined;
  const streams = positionals.filter(isStreamUrl);
  if (streams.length === 0) {
    for (const name of ['drain', 'accept-gap'] as const) if (values[name]) throw new UsageError(`--${name} is for a stream: give nats://host/name as the INPUT, or leave it out`);
    return undefined;
  }
  if (positionals.length > 1)
    throw new UsageError(
      streams.length < positionals.length
        ? 'a stream and files cannot be one input, since a stream has no end that they could be sorted into: replay the files into the stream, or into the same store'
        : 'one worker reads one stream: start another one for each other stream, into the same store',
    );
  const output = values.output ?? OPTIONS.output.default;
  const to = outputOf(output);
  checkForStream(values, to);
  checkNames({ '--stats': values.stats });
  const from = urlOf(streams[0]!);
  return {
    from,
    input: from.shown,
    to: to as WorkSettings['to'],
    output: nameOf(to),
    drains: values.drain ?? false,
    acceptsGap: values['accept-gap'] ?? false,
    resume: values.resume ?? false,
    stats: values.stats,
    quiet: values.quiet ?? false,
    index: !values['no-index'],
    flushEvery: durationOf('--flush', values.flush ?? '1s', 1, DAY),
    syncEvery: syncOf(values.sync ?? 'second'),
  };
}

function urlOf(text: string): StreamUrl {
  try {
    return streamUrl(text, process.env);
  } catch (error) {
    throw error instanceof StreamError ? new UsageError(error.message) : error;
  }
}
