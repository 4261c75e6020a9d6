import { expect } from 'chai';
import { Subject } from 'rxjs';
import type { Appended } from '../../src/domain/Appended.js';
import { keepLatencies } from '../../src/serve/keepLatencies.js';
import { Latencies } from '../../src/serve/Latencies.js';
import type { LiveState } from '../../src/serve/Live.js';
import { fix } from '../support/fix.js';

const figures = (p99: number) => ({ mean: 1, p50: 1, p95: 2, p99, max: 9 });

describe('Latencies', () => {
  it('should keep one a second, the newest of each, and those of half an hour', () => {
    let now = 0;
    const latencies = new Latencies(() => now);
    for (let second = 0; second < 2000; second++)
      for (const part of [0, 400, 900]) {
        now = 1000 * second + part;
        latencies.add(now * 1000, figures(now));
      }
    expect(latencies.points).to.have.length(1800);
    expect(latencies.points.map(({ p99 }) => p99)).to.deep.equal(Array.from({ length: 1800 }, (_, i) => 1000 * (200 + i) + 900));
    expect(latencies.points.at(-1)).to.deep.equal({ at: 1_999_900_000, p50: 1, p95: 2, p99: 1_999_900 });
    latencies.clear();
    expect(latencies.points).to.deep.equal([]);
  });

  it('should have no two of one moment of the stream', () => {
    let now = 0;
    const latencies = new Latencies(() => now);
    for (const at of [5, 5, 6]) {
      latencies.add(at, figures(now));
      now += 1500;
    }
    expect(latencies.points.map(({ at, p99 }) => [at, p99])).to.deep.equal([[5, 1500], [6, 3000]]);
  });
});

describe('keepLatencies', () => {
  it('should take the last arrival of what is appended with what is measured, and forget it with the log', () => {
    let now = 0;
    const latencies = new Latencies(() => now);
    const [appended$, state$] = [new Subject<Appended>(), new Subject<LiveState>()];
    const subscription = keepLatencies(latencies, appended$, { state$, steer: () => Promise.resolve() }).subscribe();
    const appended = (...arrivals: readonly number[]) =>
      ({ type: 'rows', changes: arrivals.map((arrival) => ({ fix: fix('a', { event: arrival }), extra: [] })), late: [] }) as unknown as Appended;
    const seen = () => latencies.points.map(({ at, p99 }) => [at, p99]);
    appended$.next(appended(3, 5));
    state$.next({ endToEnd: undefined } as LiveState);
    expect(seen()).to.deep.equal([]);
    state$.next({ endToEnd: figures(7) } as LiveState);
    expect(seen()).to.deep.equal([[5, 7]]);
    now = 1000;
    appended$.next(appended());
    appended$.next(appended(9));
    expect(seen()).to.deep.equal([[5, 7], [9, 7]]);
    appended$.next({ type: 'reset', changes: [], late: [] } as unknown as Appended);
    state$.next({ endToEnd: figures(8) } as LiveState);
    expect(seen()).to.deep.equal([]);
    subscription.unsubscribe();
    expect(appended$.observed || state$.observed).to.equal(false);
  });
});
