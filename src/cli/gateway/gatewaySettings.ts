import { mqttAddress, type MqttAddress } from '../../gateway/mqtt/mqttAddress.js';
import { FileError } from '../../index.js';
import type { SpeedUnit } from '../../domain/Layout.js';
import { shown } from '../../domain/shown.js';
import { isStreamUrl, streamUrl, type StreamUrl } from '../../stream/streamUrl.js';
import { durationOf, oneOf, parseCommand, wholeOf } from '../arguments.js';
import { tokenOf } from '../serve/tokenOf.js';
import { UsageError } from '../UsageError.js';
import { httpOf, isLoopback, type HttpPlace } from './httpOf.js';

export const OPTIONS = {
  output: { type: 'string', short: 'o' },
  partitions: { type: 'string' },
  'keep-for': { type: 'string' },
  http: { type: 'string' },
  users: { type: 'string' },
  open: { type: 'boolean' },
  'rate-limit': { type: 'string' },
  'rate-limit-address': { type: 'string' },
  'max-connections': { type: 'string' },
  mqtt: { type: 'string' },
  'mqtt-id': { type: 'string' },
  'speed-unit': { type: 'string' },
  'owntracks-id': { type: 'string' },
  'trust-time': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const UNITS = ['km/h', 'kn', 'm/s', 'mph'] as const satisfies SpeedUnit[];
const MAX_CONNECTIONS = 65_536;
const MAX_PARTITIONS = 256;
const HOUR = 3_600_000;
/** What every broker takes (MQTT 3.1.1, 3.1.3.1), and some more. */
const CLIENT_ID = /^[\w.~-]{1,64}$/;
/** Options of one way by which fixes come. */
const OF = {
  http: ['users', 'open', 'rate-limit', 'rate-limit-address', 'max-connections'],
  mqtt: ['mqtt-id'],
} as const;

type Variables = Readonly<Record<string, string | undefined>>;

export interface GatewaySettings {
  readonly stream: StreamUrl;
  readonly partitions: number | undefined;
  readonly keep: number | undefined;
  readonly http: HttpPlace | undefined;
  /** A file. */
  readonly users: string | undefined;
  readonly token: string | undefined;
  readonly rates: { readonly device: number | undefined; readonly address: number | undefined };
  readonly connections: number;
  readonly mqtt: MqttAddress | undefined;
  readonly mqttId: string | undefined;
  readonly speedUnit: SpeedUnit;
  readonly owntracksId: string;
  readonly trustTime: boolean;
}

/** The command line of `lastfix gateway`; `undefined` if its help is asked for. @throws UsageError */
export function gatewaySettings(args: readonly string[], variables: Variables): GatewaySettings | undefined {
  const { values, positionals } = parseCommand(args, OPTIONS);
  if (values.help) return undefined;
  if (positionals.length > 0) throw new UsageError(`gateway takes no argument such as ${shown(positionals[0]!)}: give the stream as --output nats://host/gps`);
  const stream = streamOf(values.output, variables);
  if (values.http === undefined && values.mqtt === undefined)
    throw new UsageError('where do fixes come from? Give --http 8018, or --mqtt mqtt://host/topics, or both');
  for (const way of ['http', 'mqtt'] as const)
    for (const name of OF[way])
      if (values[way] === undefined && values[name] !== undefined) throw new UsageError(`--${name} is for --${way}, which is not given`);
  const http = values.http === undefined ? undefined : httpOf(values.http);
  const token = tokenOf({ variable: variables['LASTFIX_GATEWAY_TOKEN'] }, 'LASTFIX_GATEWAY_TOKEN')?.text;
  checkAccess(http, { token, ...values });
  const { 'mqtt-id': mqttId, 'owntracks-id': owntracksId = '{user}/{device}' } = values;
  if (mqttId !== undefined && !CLIENT_ID.test(mqttId))
    throw new UsageError(`--mqtt-id ${shown(mqttId)} is not a valid id: give 1 to 64 letters, digits or any of _ . ~ -`);
  if (!owntracksId.includes('{device}'))
    throw new UsageError(`--owntracks-id ${shown(owntracksId)} has no {device}: all devices of a user would be one`);
  return {
    stream,
    partitions: values.partitions === undefined ? undefined : wholeOf('--partitions', values.partitions, 1, MAX_PARTITIONS),
    keep: values['keep-for'] === undefined ? undefined : durationOf('--keep-for', values['keep-for'], HOUR),
    http,
    users: values.users,
    token,
    rates: {
      device: limitOf('--rate-limit', values['rate-limit']),
      address: limitOf('--rate-limit-address', values['rate-limit-address']),
    },
    connections: wholeOf('--max-connections', values['max-connections'] ?? '4096', 4, MAX_CONNECTIONS),
    mqtt: values.mqtt === undefined ? undefined : brokerOf(values.mqtt),
    mqttId,
    speedUnit: oneOf('--speed-unit', values['speed-unit'] ?? UNITS[0], UNITS),
    owntracksId,
    trustTime: values['trust-time'] ?? false,
  };
}

function streamOf(output: string | undefined, variables: Variables): StreamUrl {
  if (output === undefined) throw new UsageError('into which stream? Give --output nats://host/gps');
  if (!isStreamUrl(output)) throw new UsageError(`gateway needs a stream: give its URL as --output nats://host/gps`);
  const url = asUsage(() => streamUrl(output, variables), '--output');
  if (url.subject !== undefined) throw new UsageError('--output: leave out ?subject=, which is only for reading: the gateway sends to the subjects of the partitions');
  return url;
}

function brokerOf(text: string): MqttAddress {
  return asUsage(() => mqttAddress(text), '--mqtt');
}

/** Makes a wrong address wrong usage. */
function asUsage<T>(read: () => T, option: string): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof FileError ? new UsageError(`${option}: ${error.message}`, { cause: error }) : error;
  }
}

/** Who may send, as it was given. */
interface GivenAccess {
  readonly token: string | undefined;
  readonly users?: string;
  readonly open?: boolean;
}

function checkAccess(http: HttpPlace | undefined, { token, users, open = false }: GivenAccess): void {
  const isGuarded = token !== undefined || users !== undefined;
  if (isGuarded && open) throw new UsageError('--open lets everyone in: leave it out, or leave out --users and LASTFIX_GATEWAY_TOKEN');
  if (http && !isLoopback(http) && !isGuarded && !open)
    throw new UsageError(
      `${http.host} can be reached from other machines: say who may send with --users FILE or LASTFIX_GATEWAY_TOKEN, or let everyone send with --open`,
    );
}

function limitOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const limit = /^\d{1,9}(\.\d{1,9})?$/.test(text) ? Number(text) : 0;
  if (limit > 0) return limit;
  throw new UsageError(`${option} ${shown(text)} is not a valid rate: give a number above 0, such as 5`);
}
