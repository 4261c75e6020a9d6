import type { GatewayCounts } from '../GatewayCounts.js';
import type { Intake } from '../Intake.js';
import { readBody } from '../read/readBody.js';
import type { Beside, ReadOptions } from '../read/ReadOptions.js';
import type { MqttAddress } from './mqttAddress.js';

export interface TakeMessageOptions {
  readonly address: MqttAddress;
  readonly intake: Intake;
  readonly counts: GatewayCounts;
  readonly reading: ReadOptions;
}

/** Takes the fixes of a message. Resolves when the stream has them. */
export async function takeMessage(topic: string, payload: Buffer, options: TakeMessageOptions): Promise<void> {
  const { address, intake, counts, reading } = options;
  counts.messages++;
  if (payload.length === 0) return; // by which a message is taken back that a broker had kept
  await intake.take(readBody(payload, { ...reading, beside: besideOf(topic, address) }), 'mqtt');
}

/** What a topic says: by its level `{device}`; else as a topic of OwnTracks, whose last levels are the user and the device. */
function besideOf(topic: string, { topics }: MqttAddress): Beside {
  const named = topics.deviceOf(topic);
  if (named !== undefined) return { named };
  const levels = topic.split('/');
  return levels.length < 3 ? {} : { user: levels.at(-2), device: levels.at(-1) };
}
