import type { Figures } from '../src/index.js';
import { baseline, median, run } from './processes.js';

export interface StreamMeasures {
  readonly print: (...columns: string[]) => void;
  readonly figure: (number: number) => string;
  /** Less, in less time. */
  readonly short: boolean;
  /** For what is written. */
  readonly folder: string;
}

interface Rates {
  readonly fixes: number;
  readonly rates: readonly { readonly bare: number; readonly lastfix: number; readonly bytes: number; readonly acknowledgement: Figures }[];
}

/** A measure of the stream: it starts its own servers, prints its rows, and ends what it started. */
type Measure = (options: StreamMeasures) => Promise<void> | void;

/** All of them, in order. */
const MEASURES: readonly Measure[] = [publishing, backlog, gateway, messaging];

/** A stream of NATS JetStream, and what feeds and empties it, over loopback: everything on this machine. */
export async function streamMeasures(options: StreamMeasures): Promise<void> {
  for (const measure of MEASURES) await measure(options);
}

/** A replay in one process, and bare publishing of the same messages, in turn. */
function publishing({ print, figure, short }: StreamMeasures): void {
  const { fixes, rates } = JSON.parse(run(baseline('streamRates', '2000', short ? '60' : '720', short ? '1' : '5')).stdout) as Rates;
  const [own, bare] = [median(rates.map(({ lastfix }) => lastfix)), median(rates.map(({ bare }) => bare))];
  print(
    `into a stream, 8 partitions: ${figure(fixes)} fixes of 2,000 devices at \`--rate max\``,
    `${figure(own)} fixes/s`,
    `bare publishing of the same messages, made before: ${figure(bare)} fixes/s`,
    figure(median(rates.map(({ lastfix, bare }) => lastfix / bare))),
  );
  const { p50, p99, max } = rates.at(-1)!.acknowledgement;
  print('… acknowledged within p50, p99, max', `${[p50, p99, max].map(figure).join(', ')} ms`, '', '');
  print('… a fix in the stream', `${figure(rates[0]!.bytes)} B`, '', '');
}

/** What workers took. Rates are of whole processes, `between` is from the first commit to the last, in seconds, `cpu` of one process. */
interface Worked {
  readonly fixes: number;
  readonly rate: number;
  readonly between: number;
  readonly cpu: number;
}
interface WorkerRates {
  readonly direct: Worked;
  readonly workers: readonly (Worked & { readonly count: number })[];
  readonly latency: Readonly<Record<'fixes' | 'p50' | 'p99' | 'most', number>>;
}

/** What waits in a stream, taken into a store by one worker and several, and a replay straight into the store; then live. */
function backlog({ print, figure, short }: StreamMeasures): void {
  const { direct, workers, latency } = JSON.parse(run(baseline('workerRates', '2000', short ? '60' : '1060', short ? '10' : '60')).stdout) as WorkerRates;
  for (const { count, fixes, rate, between, cpu } of workers) {
    print(
      `a stream into a store: ${figure(fixes)} fixes, ${count === 1 ? 'one worker' : `${count} workers`}`,
      `${figure(rate)} fixes/s, ${figure(fixes / between)} between the first and the last commit`,
      `a replay of the same recording into the store: ${figure(direct.rate)} and ${figure(direct.fixes / direct.between)} fixes/s`,
      figure(rate / direct.rate),
    );
    if (count === 1) print('… processor time of the worker', `${figure((cpu * 1e6) / fixes)} µs a fix`, '', '');
  }
  const { fixes, p50, p99, most } = latency;
  print(`live, ${figure(fixes)} fixes at 2,000 a second, two workers: from due to committed, p50, p99, max`, `${[p50, p99, most].map(figure).join(', ')} ms`, '', '');
}

/** What posts of one load took. */
interface Posts extends Figures {
  readonly perSecond: number;
  readonly refused: number;
}
type Taken = Readonly<Record<'single' | 'batches', { readonly own: Posts; readonly bare: Posts }>>;

/** What a gateway takes over HTTP, each request answered when the stream has it, and a bare server that has no stream. */
function gateway({ print, figure, short }: StreamMeasures): void {
  const taken = JSON.parse(run(baseline('gatewayRates', short ? '3' : '15')).stdout) as Taken;
  const times = ({ p50, p99, max }: Figures) => `${[p50, p99, max].map(figure).join(', ')} ms`;
  for (const [name, what, fixes] of [['single', 'one fix a POST, 64 clients', 1], ['batches', '50 fixes a POST, 16 clients', 50]] as const) {
    const { own, bare } = taken[name];
    if (own.refused > 0) throw new Error(`the gateway refused ${own.refused} requests`);
    print(
      `a gateway into a stream: ${what}`,
      `${figure(own.perSecond * fixes)} fixes/s`,
      `a server that only reads and answers: ${figure(bare.perSecond * fixes)} fixes/s`,
      figure(own.perSecond / bare.perSecond),
    );
    print('… answered within p50, p99, max', times(own), times(bare), '');
  }
}

type MessageRates = readonly { readonly connections: number; readonly own: number; readonly bare: number }[];

/** What a gateway takes over MQTT, each message acknowledged when the stream has it, and a bare client that has no stream. */
function messaging({ print, figure, short }: StreamMeasures): void {
  const rates = JSON.parse(run(baseline('mqttRates', short ? '10000' : '100000')).stdout) as MessageRates;
  for (const { connections, own, bare } of rates)
    print(
      `a gateway into a stream: MQTT through Mosquitto, ${connections === 1 ? 'one connection' : `${connections} connections`}`,
      `${figure(own)} fixes/s`,
      `a client that acknowledges at once: ${figure(bare)} messages/s`,
      figure(own / bare),
    );
}
