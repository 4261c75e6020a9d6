// node dist/bench/storeQuestions.js ROWS,ROWS,... QUESTIONS: fills a store of a server of its own up to so many fixes, and asks
// it, over loopback, at each. Prints JSON. The baseline is a statement that says 1.
import { lastValueFrom } from 'rxjs';
import { Readable } from 'node:stream';
import { generateRecording, openRecording, play, type Figures } from '../src/index.js';
import type { Moment } from '../src/domain/Past.js';
import { Distribution } from '../src/report/Distribution.js';
import { intoStore } from '../src/store/intoStore.js';
import { openDatabase } from '../src/store/openDatabase.js';
import { openStore } from '../src/store/openStore.js';
import { openStorePast } from '../src/store/past/openStorePast.js';
import { SqlPast } from '../src/store/past/SqlPast.js';
import { storeUrl } from '../src/store/storeUrl.js';
import { PostgresServer } from '../spec/support/PostgresServer.js';
import { CountingPages } from './CountingPages.js';
import { SETTINGS } from './storeSettings.js';
import type { StoreStage } from './StoreStage.js';

const [targets = '100000', questions = '2000'] = process.argv.slice(2);
const DEVICES = 2000;
/** Fixes of a device in a second, about. */
const PACE = 0.47;
const BINS = 600;
const CHUNK = 2 ** 16;
const START = Date.UTC(2021, 9, 23, 12, 30) * 1000;

const server = await PostgresServer.start(SETTINGS);
try {
  const url = storeUrl(server.url());
  const stages: StoreStage[] = [];
  let [start, fixes] = [START, 0];
  for (const target of targets.split(',').map(Number)) {
    const duration = Math.ceil((target - fixes) / DEVICES / PACE) * 1000;
    const filled = await fill(start, duration);
    fixes += filled.fixes;
    start += duration * 1000;
    stages.push({ fixes, rate: filled.rate, ...(await ask(start)) });
  }
  process.stdout.write(JSON.stringify(stages));

  async function fill(from: number, duration: number): Promise<{ readonly fixes: number; readonly rate: number }> {
    const store = await openStore(await openDatabase(url), { shown: 'the bench', source: String(from) });
    const chunks = Readable.from(chunksOf(generateRecording({ devices: DEVICES, duration, start: from })));
    const recording = await openRecording([{ name: 'made', chunks }]);
    let written = 0;
    const started = performance.now();
    await lastValueFrom(play(recording.batches, intoStore(store), { rate: Infinity, meter: counting((more) => (written += more)) }));
    const rate = (written * 1000) / (performance.now() - started);
    await recording.close();
    await store.close();
    return { fixes: written, rate };
  }

  async function ask(end: number): Promise<Omit<StoreStage, 'fixes' | 'rate'>> {
    const database = await openDatabase(url, { prepares: true });
    await database.query('vacuum analyze'); // as the server does by itself, some time
    const [past, counted] = [await openStorePast(url), new CountingPages(database)];
    const explained = new SqlPast(counted);
    const devices = [...(await past.devices())];
    const moment = () => START + Math.floor(Math.random() * (end - START));
    const kinds: Record<string, () => Moment> = {
      'by arrival': () => ({ at: moment() }),
      'by event': () => ({ by: 'event', at: moment() }),
      'by event, as known at another moment': () => ({ by: 'event', at: moment(), knownAt: moment() }),
    };
    const timed = async (question: () => Promise<unknown>) => {
      const taken = new Distribution();
      for (let i = -200; i < Number(questions); i++) {
        const started = performance.now();
        await question();
        if (i >= 0) taken.record(performance.now() - started); // the first are for the compiler
      }
      return taken.figures()!;
    };
    const device = () => devices[Math.floor(Math.random() * devices.length)]!;
    const asked: Record<string, Figures & { pages: number }> = {};
    for (const [name, momentOf] of Object.entries(kinds)) {
      counted.most = 0;
      for (let i = 0; i < 300; i++) await explained.newest(device(), momentOf());
      asked[name] = { ...(await timed(() => past.newest(device(), momentOf()))), pages: counted.most };
    }
    const empty = await timed(() => database.query('select $1::int', [1]));
    const seconds = async (work: () => Promise<unknown>) => {
      const started = performance.now();
      await work();
      return (performance.now() - started) / 1000;
    };
    const histogram = await seconds(() => past.histogram({ by: 'arrival', from: -Infinity, to: Infinity }, BINS));
    const count = await seconds(() => database.query('select count(*) from lastfix.fixes'));
    await Promise.all([past.close(), database.close()]);
    return { empty, asked, histogram, count };
  }
} finally {
  server.remove();
}

/** Lines, some thousand of them together. */
function* chunksOf(lines: Iterable<string>): Generator<Buffer> {
  let text = '';
  for (const line of lines) {
    text += line;
    if (text.length < CHUNK) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}

function counting(emitted: (fixes: number) => void) {
  const nothing = () => undefined;
  return {
    emitted: ({ first, end }: { readonly first: number; readonly end: number }) => { emitted(end - first); },
    found: nothing,
    taken: nothing,
    flushed: nothing,
    committed: nothing,
  };
}
