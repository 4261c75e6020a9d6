import { shown } from '../../domain/shown.js';
import { originFault } from '../../serve/originFault.js';
import { checkNames, parseCommand, wholeOf } from '../arguments.js';
import { LOG_OPTIONS, logOf, type Meant } from '../logOf.js';
import { tokenOf, type Token } from './tokenOf.js';
import { UsageError } from '../UsageError.js';

export const SERVE_HELP = `lastfix serve [LOG]: a page and an HTTP API of a log, or of a store

Examples
  lastfix serve                                    a page of the last run's log, on this machine
  lastfix serve other/log.csv --port 9000
  lastfix serve postgres://host/fleet              a store; any number of servers can serve it
  curl http://127.0.0.1:8017/api/fleet             the newest of every device
  curl 'http://127.0.0.1:8017/api/devices/8250/fix?at=2021-10-23T12:30:40Z'
  curl -N http://127.0.0.1:8017/api/events         every change, as it is flushed

The log may be finished, or a run may be writing it. The API is described at /api/openapi.json; metrics for
Prometheus are at /metrics.

  -o, --output FILE    the log (output/output_stream.csv). --log FILE is the same, and so is LOG. Or the URL
                       of a store, postgres://USER@HOST/DATABASE; keep its password in ~/.pgpass or PGPASSWORD
  --port N             the port (8017, or the next free one if that is taken)
  --host H             the address to listen on (127.0.0.1); on any other, every client needs the token
  --token-file FILE    a file with the token; if a token is needed and none is given, one is made and printed
  --token T            the token itself; every user of this machine can see it while lastfix runs
  --tiles URL          image tiles for the map, such as https://tile.example/{z}/{x}/{y}.png
  --tiles FILE         or vector tiles from a PMTiles file with the layers of Protomaps
  --tiles-by TEXT      the attribution shown on the map: "© OpenStreetMap contributors"
  --cors ORIGIN        let pages of this origin, such as https://example.org, use the API and control a replay;
                       can be given several times
  -h, --help           this help

The token can also be given in the environment variable LASTFIX_TOKEN. If a token is given, it is needed on
127.0.0.1 too; without one, every user of this machine can use the API there and control a replay.

Ctrl-C stops the server. Exit status: 0 ended, 1 failed, 2 wrong usage.
`;

/** Options of what serves. */
export const SERVE_OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string' },
  token: { type: 'string' },
  'token-file': { type: 'string' },
  tiles: { type: 'string' },
  'tiles-by': { type: 'string' },
  cors: { type: 'string', multiple: true },
} as const;

const PORT = 8017;

export interface ServeSettings {
  readonly host: string;
  /** Whether the port was asked for: then no other will do. */
  readonly port: { readonly number: number; readonly given: boolean };
  /** `undefined` if none was given. */
  readonly token: Token | undefined;
  readonly tiles: string | undefined;
  readonly attribution: string | undefined;
  /** The origins of other pages that may ask. */
  readonly cors: readonly string[];
}

type Values = Readonly<Partial<Record<Exclude<keyof typeof SERVE_OPTIONS, 'cors'>, string | undefined>>>;

/** How to serve. @throws UsageError */
export function serveSettings({
  host = '127.0.0.1',
  port,
  token,
  'token-file': file,
  tiles,
  'tiles-by': attribution,
  cors = [],
}: Values & { readonly cors?: readonly string[] | undefined }): ServeSettings {
  if (host === '') throw new UsageError('--host "" is not an address: give one, such as 0.0.0.0');
  if (tiles !== undefined && !isTiles(tiles)) {
    const like = 'write it like https://tile.example/{z}/{x}/{y}.png, or name a file that ends in .pmtiles';
    throw new UsageError(`--tiles ${shown(tiles)} is not an address of tiles: ${like}`);
  }
  if (attribution !== undefined && tiles === undefined)
    throw new UsageError('--tiles-by says whose map --tiles shows: give --tiles, too, or leave it out');
  for (const fault of cors.map(originFault)) if (fault !== undefined) throw new UsageError(`--cors ${fault}`);
  return {
    host,
    port: { number: port === undefined ? PORT : wholeOf('--port', port, 0, 65_535), given: port !== undefined },
    token: tokenOf({ token, file, variable: process.env['LASTFIX_TOKEN'] }),
    tiles,
    attribution,
    cors,
  };
}

/** Whether it is an address with all that names a tile, of which a content security policy can be made, or a file's name. */
function isTiles(text: string): boolean {
  if (!/^[a-z][a-z\d+.-]+:/i.test(text)) return text.endsWith('.pmtiles');
  const isAddress = /^https?:\/\/(?:\{s\}\.)?[^\s;,'"{}/]+\/[^\s;,'"]*$/.test(text) && ['{z}', '{x}', '{y}'].every((part) => text.includes(part));
  return isAddress && URL.canParse(text.replaceAll(/[{}]/g, ''));
}

export const SERVE_COMMAND_OPTIONS = {
  ...SERVE_OPTIONS,
  ...LOG_OPTIONS,
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export interface ServeCommandSettings extends ServeSettings, Pick<Meant, 'output' | 'store'> {
  readonly help: boolean;
}

/** The command line of `lastfix serve`. @throws UsageError */
export function serveCommandSettings(args: readonly string[]): ServeCommandSettings {
  const { values, positionals } = parseCommand(args, SERVE_COMMAND_OPTIONS);
  const [word, ...others] = positionals;
  const isNamed = values.output !== undefined || values.log !== undefined;
  const left = isNamed ? word : others[0];
  if (left !== undefined) throw new UsageError(`serve takes one log or store: leave out ${shown(left)}`);
  const { output, store } = logOf(isNamed ? values : { log: word }, []);
  checkNames({ '--output': output });
  return { ...serveSettings(values), help: values.help, output, store };
}
