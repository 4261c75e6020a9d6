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
const MEASURES: readonly Measure[] = [publishing, gateway];

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
