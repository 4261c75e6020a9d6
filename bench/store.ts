import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figures, Report } from '../src/index.js';
import { PostgresServer } from '../spec/support/PostgresServer.js';
import { baseline, lastfix, median, run } from './processes.js';
import { SETTINGS } from './storeSettings.js';
import type { StoreStage } from './StoreStage.js';

export interface StoreMeasures {
  readonly print: (...columns: string[]) => void;
  readonly figure: (number: number) => string;
  /** Less, in less time. */
  readonly short: boolean;
  /** How many fixes the largest store has that is asked. */
  readonly rows: number;
  /** For what is written. */
  readonly folder: string;
}

interface Rates {
  readonly fixes: number;
  readonly rates: readonly { readonly bare: number; readonly store: number; readonly bytes: number }[];
}

/** A store in PostgreSQL, over loopback: everything on this machine. */
export async function storeMeasures({ print, figure, short, rows, folder }: StoreMeasures): Promise<void> {
  const ratio = (a: number, b: number) => figure(a / b);
  rates();
  questions();
  await live();

  /** Whole runs within one process each, in turn. */
  function rates(): void {
    const { fixes, rates } = JSON.parse(run(baseline('storeRates', '2000', short ? '30' : '360', short ? '1' : '5')).stdout) as Rates;
    const [own, bare] = [median(rates.map(({ store }) => store)), median(rates.map(({ bare }) => bare))];
    print(
      `into a store, one connection: ${figure(fixes)} fixes of 2,000 devices at \`--rate max\``,
      `${figure(own)} fixes/s`,
      `a bare \`insert … select unnest\` into one table like it: ${figure(bare)} fixes/s`,
      figure(median(rates.map(({ store, bare }) => store / bare))),
    );
    print('… a fix on disk, with the indexes', `${figure(rates[0]!.bytes)} B`, '', '');
  }

  function questions(): void {
    const targets = short ? [20_000] : [100_000, 1_000_000, 10_000_000].filter((target) => target <= rows);
    const stages = JSON.parse(run(baseline('storeQuestions', targets.join(','), short ? '500' : '5000')).stdout) as readonly StoreStage[];
    for (const { fixes, rate, empty, asked, histogram, count } of stages) {
      const size = `a store of ${figure(fixes)} fixes`;
      const times = ({ p50, p99, max }: Figures) => [p50, p99, max].map(figure).join(', ');
      for (const [kind, taken] of Object.entries(asked))
        print(
          `${size}, a question over loopback, ${kind}: p50, p99, max; pages at most`,
          `${times(taken)} ms; ${taken.pages}`,
          `a statement that says 1: ${times(empty)} ms`,
          ratio(taken.p50, empty.p50),
        );
      print('… a histogram of all of it', `${figure(histogram)} s`, `\`select count(*)\`: ${figure(count)} s`, ratio(histogram, count));
      print('… filling it up to that size', `${figure(rate)} fixes/s`, '', '');
    }
  }

  /** Each vehicle a fix every other second, as they came. */
  async function live(): Promise<void> {
    const [input, report] = [join(folder, 'live-store.csv'), join(folder, 'live-store.json')];
    run(lastfix('generate', '--devices', '4000', '--duration', short ? '5s' : '30s', '-o', input));
    const server = await PostgresServer.start(SETTINGS);
    try {
      run(lastfix('replay', input, '--output', server.url(), '--stats', report, '--quiet'));
    } finally {
      server.remove();
    }
    const { latency_ms: latency } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    const { p50, p99, max } = latency!;
    print(
      '4,000 devices at 1x into a store: due to committed, p50, p99, max',
      `${[p50, p99, max].map(figure).join(', ')} ms`,
      'flushing every 1,000 ms: 500, 990, 1,000 ms',
      ratio(max, 1000),
    );
  }
}
