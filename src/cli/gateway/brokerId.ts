import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import type { GatewaySettings } from './gatewaySettings.js';

/** Letters and digits that every broker takes (MQTT 3.1.1, 3.1.3.1): 23 in all. */
const DIGITS = 16;

/** By which a broker knows the gateway of this machine for a stream, in each of its runs. */
export function brokerId({ mqtt, mqttId, stream }: Pick<GatewaySettings, 'mqtt' | 'mqttId' | 'stream'>): string {
  if (mqttId !== undefined) return mqttId;
  const parts = [hostname(), mqtt!.shown, stream.shown];
  return `lastfix${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, DIGITS)}`;
}
