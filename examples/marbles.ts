import { deepStrictEqual } from 'node:assert';
import { map } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { latest, replay, type Fix } from 'lastfix';

const somewhere = { device: '7', latitude: '52.5', longitude: '13.4', speed: '', extra: [] };
const fix = (event: number, arrival: number): Fix => ({ ...somewhere, event, arrival }); // µs

new TestScheduler(deepStrictEqual).run(({ cold, expectObservable }) => {
  const recording$ = cold('    (abc|)', { a: fix(0, 0), b: fix(2000, 2000), c: fix(1000, 5000) });
  const verdict$ = recording$.pipe(replay(), latest(), map(({ verdict }) => verdict));
  expectObservable(verdict$).toBe('c-c--(l|)', { c: 'change', l: 'late' }); // each when it arrived; c had been overtaken
});
