import { type Carrier, FORMS, HttpCarrier, intoSystem, MqttCarrier, type Recording, Sent } from '../../index.js';
import { listed } from '../../domain/listed.js';
import { shown } from '../../domain/shown.js';
import { aborted } from '../interruption.js';
import { speedUnitOf } from '../recording/speedUnitOf.js';
import { say } from './announce.js';
import { credentialsOf } from './credentialsOf.js';
import type { Opened } from './Opened.js';
import type { ReplaySettings } from './replaySettings.js';
import type { SendSettings } from './sendSettings.js';

/** Where it is. */
export interface Address {
  readonly url: URL;
  /** The pattern of topics, of a broker. */
  readonly topic?: string;
}

/** Who sends, where nobody says. */
const USER = 'lastfix';

/** Another system as the end of a run. */
export async function openSystem(
  { url, topic }: Address,
  settings: ReplaySettings,
  { sendAs, connections, onlyChanges }: SendSettings,
  { extra, readings }: Pick<Recording, 'extra' | 'readings'>,
  signal: AbortSignal,
): Promise<Opened> {
  const credentials = credentialsOf(url, process.env);
  const form = FORMS[sendAs];
  const sending = { extra, speedUnit: speedUnitOf(readings), user: credentials.user ?? USER, byTopic: topic !== undefined };
  if (!form.hasExtra && extra.length > 0)
    say(settings, `${sendAs} has no place for extra columns, which are not sent: ${listed(extra.map(shown))}`);
  if (form.speedUnit !== undefined && sending.speedUnit === undefined && readings.some(({ columns }) => columns.position.speed >= 0))
    say(settings, `the unit of the speeds is not known, so ${sendAs} takes them for ${form.speedUnit}: give --speed-unit`);
  const carrier: Carrier =
    topic === undefined
      ? new HttpCarrier(url, { form: form.http(sending), credentials, connections })
      : await MqttCarrier.open(url, topic, { credentials });
  const sent = new Sent();
  return {
    end: intoSystem(carrier, {
      sent,
      textOf: form.textOf(sending),
      onlyChanges,
      say: (line) => { say(settings, line); },
      stop$: aborted(signal),
    }),
    sent,
    get bytes() {
      return sent.bytes;
    },
    reject: () => Promise.resolve(), // they are counted and reported
    close: () => carrier.close(),
  };
}
