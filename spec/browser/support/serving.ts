import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const LASTFIX = fileURLToPath(new URL('../../../bundle/cli/lastfix.js', import.meta.url));

/** A command line that serves, and where. */
export interface Serving {
  readonly url: string;
  readonly child: ChildProcess;
  end(): Promise<void>;
}

/** Starts `lastfix` as users have it, and waits until it says where it serves. */
export async function serving(args: readonly string[], cwd: string): Promise<Serving> {
  const child = spawn(process.execPath, [LASTFIX, ...args, '--port', '0'], { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
  const closed = once(child, 'close');
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /http:\/\/[\w.:[\]]+\/(?:\?token=\S+)?/.exec(said)?.[0];
      if (found !== undefined) resolve(found);
    });
    child.once('close', () => { reject(new Error(`lastfix ${args.join(' ')} ended before it served: ${said}`)); });
  });
  return {
    url,
    child,
    async end() {
      child.kill('SIGINT');
      await closed;
    },
  };
}
