// npm run dev: builds, and builds again whenever a source has changed, until Ctrl-C.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, watch } from 'node:fs';
import { stdout } from 'node:process';
import { concatMap, debounceTime, filter, fromEvent, merge, startWith } from 'rxjs';

const SOURCES = ['src', 'spec', 'bench', 'examples'].filter((folder) => existsSync(folder));
const QUIET_MS = 200; // an editor writes a file in several steps

merge(...SOURCES.map((folder) => fromEvent(watch(folder, { recursive: true }), 'change')))
  .pipe(
    filter(([, name]) => !name.includes('node_modules')),
    debounceTime(QUIET_MS),
    startWith('the first time'),
    concatMap(build),
  )
  .subscribe((status) => stdout.write(status === 0 ? 'built, waiting for changes\n' : 'not built, waiting for changes\n'));

async function build() {
  const [status] = await once(spawn('npm', ['run', '-s', 'build'], { stdio: 'inherit' }), 'close');
  return status;
}
