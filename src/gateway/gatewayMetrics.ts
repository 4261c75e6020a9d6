import type { GatewayCounts } from './GatewayCounts.js';

/** What is told beside the counts. */
export interface GatewayUsage {
  /** Connections to brokers that stand, and how many there are to be. */
  readonly mqtt: { readonly connected: number; readonly all: number };
  /** By how many ms arrivals are ahead of the wall clock. */
  readonly ahead: number;
  /** ms of the clock of the counts. */
  readonly now: number;
  /** Bytes of memory, and seconds of processor time. */
  readonly memory: number;
  readonly cpu: number;
}

/** Figures of a gateway in the text format of Prometheus, version 0.0.4. */
export function gatewayMetrics(counts: GatewayCounts, { mqtt, ahead, now, memory, cpu }: GatewayUsage): string {
  const { acknowledged } = counts;
  return [
    family('fixes_total', 'counter', 'Fixes that were taken, by form', pairs(counts.fixes, 'by', 'form')),
    family('rejected_total', 'counter', 'What was no fix, by what is wrong', [...counts.rejected].map(([fault, n]) => [`fault="${fault}"`, n])),
    family('dropped_total', 'counter', 'Messages that have no fix, by type', [...counts.dropped].map(([type, n]) => [`type="${type}"`, n])),
    family('requests_total', 'counter', 'Requests over HTTP that were answered', pairs(counts.requests, 'route', 'status')),
    family('mqtt_messages_total', 'counter', 'Messages over MQTT', [['', counts.messages]]),
    family('mqtt_connections', 'gauge', 'Connections to brokers that stand', [['', mqtt.connected]]),
    family('mqtt_connections_wanted', 'gauge', 'Connections to brokers that there are to be', [['', mqtt.all]]),
    family('waiting_fixes', 'gauge', 'Fixes and rejected records that wait for the stream', [['', counts.waiting]]),
    family('waiting_bytes', 'gauge', 'About how many bytes they have', [['', counts.waitingBytes]]),
    family('acknowledged_age_seconds', 'gauge', 'Since when the stream has acknowledged nothing', acknowledged === undefined ? [] : [['', (now - acknowledged) / 1000]]),
    `${head('acknowledgement_seconds', 'histogram', 'From when something was given to the stream until it had it')}${counts.acknowledgements.text('lastfix_gateway_acknowledgement_seconds')}`,
    family('clock_ahead_seconds', 'gauge', 'By how much arrivals are ahead of the wall clock, which was put back', [['', ahead / 1000]]),
    `# HELP process_resident_memory_bytes Memory of the process\n# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes ${memory}\n`,
    `# HELP process_cpu_seconds_total Processor time of the process\n# TYPE process_cpu_seconds_total counter\nprocess_cpu_seconds_total ${cpu}\n`,
  ].join('');
}

type Sample = readonly [labels: string, value: number];

/** Samples of counts whose keys are two words. */
function pairs(counts: ReadonlyMap<string, number>, first: string, second: string): Sample[] {
  return [...counts].map(([key, count]) => {
    const [one, two] = key.split(' ');
    return [`${first}="${one!}",${second}="${two!}"`, count];
  });
}

function head(name: string, type: string, help: string): string {
  return `# HELP lastfix_gateway_${name} ${help}\n# TYPE lastfix_gateway_${name} ${type}\n`;
}

function family(name: string, type: string, help: string, samples: readonly Sample[]): string {
  const lines = samples.map(([labels, value]) => `lastfix_gateway_${name}${labels === '' ? '' : `{${labels}}`} ${value}\n`);
  return `${head(name, type, help)}${lines.join('')}`;
}
