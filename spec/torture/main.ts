// npm run torture [-- --kills N] [--seed N]: until so many kills are survived, or the one seed that failed.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { torture } from './torture.js';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '200' }, seed: { type: 'string' } } });
const AT_ONCE = 2;
let next = values.seed === undefined ? 1 : Number(values.seed);
const last = values.seed === undefined ? Infinity : next;
let [kills, tears, runs] = [0, 0, 0];

async function work(): Promise<void> {
  while (kills < Number(values.kills) && next <= last) {
    const seed = next++;
    const folder = mkdtempSync(join(tmpdir(), 'lastfix-torture-'));
    const ordeal = await torture(seed, folder);
    rmSync(folder, { recursive: true }); // a failure leaves it, to be looked at
    kills += ordeal.kills;
    tears += ordeal.tears;
    runs++;
    process.stdout.write(`seed ${seed}: killed ${ordeal.kills} times, ${ordeal.tears} files torn\n`);
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, work));
process.stdout.write(`${runs} runs survived ${kills} kills and ${tears} torn files, and ended byte for byte as if undisturbed\n`);
