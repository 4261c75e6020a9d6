import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The compiled command line. */
export const MAIN = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));

/** What became of a command line. */
export interface Ended {
  readonly status: number | null;
  /** The signal that ended it, if one did. */
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `lastfix` as a process of its own, in a folder; `meanwhile` sees it as soon as it has been started. */
export async function lastfix(args: readonly string[], cwd: string, meanwhile: (child: ChildProcess) => unknown = () => undefined): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<Pick<Ended, 'status' | 'signal'>>((resolve, reject) => {
    child.once('error', reject).once('close', (status: number | null, signal: NodeJS.Signals | null) => { resolve({ status, signal }); });
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name].setEncoding('utf8').on('data', (text: string) => (output[name] += text));
  await meanwhile(child);
  return { ...(await ended), ...output };
}

/** Resolves when a process has written something that matches to its standard error. */
export function says(child: ChildProcess, pattern: RegExp): Promise<void> {
  let said = '';
  return new Promise((resolve) => {
    child.stderr!.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (pattern.test(said)) resolve();
    });
  });
}
