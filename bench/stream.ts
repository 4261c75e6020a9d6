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
const MEASURES: readonly Measure[] = [publishing];

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
