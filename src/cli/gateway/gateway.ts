import { randomBytes } from 'node:crypto';
import { firstValueFrom, merge, Subject, tap } from 'rxjs';
import { monotonic } from '../../index.js';
import { counted } from '../../domain/counted.js';
import { aborted, interruption } from '../interruption.js';
import { printHelp } from '../printHelp.js';
import { tell } from '../tell.js';
import { unlessInterrupted } from '../unlessInterrupted.js';
import { brokerCredentials } from './brokerCredentials.js';
import { brokerId } from './brokerId.js';
import { cannotTakeAt } from './cannotTakeAt.js';
import { GATEWAY_HELP } from './gatewayHelp.js';
import { gatewaySettings, type GatewaySettings } from './gatewaySettings.js';
import { usersOf } from './usersOf.js';

/** How long it waits for the stream when it is asked to end, in ms. */
const GRACE = 10_000;
/** What a message of the stream has beside a fix, and how much longer a fix may become there. */
const [REST_BYTES, LONGER] = [8192, 4];

/** `lastfix gateway`. */
export async function gatewayCommand(args: string[]): Promise<number> {
  const settings = gatewaySettings(args, process.env);
  if (!settings) {
    printHelp(GATEWAY_HELP);
    return 0;
  }
  const signal = interruption();
  const { access, brokers } = partners(settings);
  // what follows takes its time to load
  const [{ openStream }, { Publisher }] = await Promise.all([import('../../stream/openStream.js'), import('../../stream/Publisher.js')]);
  const [{ openGateway }, { outletOf }] = await Promise.all([import('../../gateway/openGateway.js'), import('../../gateway/outletOf.js')]);
  const { partitions, keep, http, speedUnit, owntracksId, trustTime, rates, connections: all } = settings;
  const stream = await unlessInterrupted(openStream(settings.stream, { make: { partitions, keep }, said: tell, signal }), signal);
  if (!stream) return 0;
  const publisher = new Publisher(stream, { source: `gateway ${stream.name}` });
  const failures = new Subject<unknown>();
  try {
    const recordBytes = Math.min(262_144, Math.floor((stream.maxPayload - REST_BYTES) / LONGER));
    const gateway = await openGateway(outletOf(publisher), {
      reading: { speedUnit, owntracksId, trustTime, recordBytes },
      http,
      access,
      mqtt: brokers,
      rates,
      connections: { all, perAddress: Math.ceil(all / 4) },
      random: randomBytes(4).readUInt32BE(),
      wall: () => Date.now(),
      scheduler: monotonic,
      usage: () => ({ memory: process.memoryUsage.rss(), cpu: process.cpuUsage().user / 1e6 + process.cpuUsage().system / 1e6 }),
      say: tell,
      onError: once((error) => { tell(messageOf(error)); }),
      failed: (error) => { failures.next(error); },
    }).catch((error: unknown) => { throw cannotTakeAt(http, error); });
    const end = firstValueFrom(merge(aborted(signal), failures.pipe(tap((error) => { throw error; }))));
    tell(`taking fixes ${placesOf(settings, gateway.address?.port)} for ${stream.shown} until Ctrl-C`);
    try {
      await end;
    } finally {
      await gateway.close(GRACE);
      const { waiting } = gateway.counts;
      if (waiting > 0) tell(`${counted(waiting, 'fix', 'fixes')} may not be in the stream, and ${waiting === 1 ? 'was' : 'were'} not acknowledged`);
    }
  } finally {
    await publisher.close();
  }
  return 0;
}

/** Who may send over HTTP, and the brokers. @throws FileError if the users cannot be read, UsageError for wrong credentials */
function partners(settings: GatewaySettings) {
  const { token, users, mqtt } = settings;
  const access = { token, users: users === undefined ? [] : usersOf(users) };
  const brokers = mqtt ? [{ address: mqtt, id: brokerId(settings), credentials: brokerCredentials(mqtt.url, process.env) }] : [];
  return { access, brokers };
}

/** Where fixes come from. */
function placesOf({ http, mqtt }: GatewaySettings, port: number | undefined): string {
  const host = http?.host.includes(':') ? `[${http.host}]` : http?.host;
  return [...(http ? [`at http://${host!}:${port!}/`] : []), ...(mqtt ? [`of ${mqtt.shown}`] : [])].join(' and ');
}

/** Calls a function unless its argument has the message of the one before. */
function once(call: (error: unknown) => void): (error: unknown) => void {
  let last = '';
  return (error) => {
    const message = messageOf(error);
    if (message !== last) call(error);
    last = message;
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
