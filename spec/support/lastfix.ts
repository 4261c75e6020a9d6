import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The command line, as users get it: in a few files, which start in less than half the time that the many take. */
export const MAIN = fileURLToPath(new URL('../../bundle/cli/lastfix.js', import.meta.url));

/** A run that takes longer than this many ms hangs. */
const LONGEST = 240_000;

/** What became of a command line. */
export interface Ended {
  readonly status: number | null;
  /** The signal that ended it, if one did. */
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs `lastfix` as a process of its own, in a folder; `meanwhile` sees it as soon as it has been started.
 * It can be given another environment or another user. It is killed if `meanwhile` fails, or if it does not end.
 */
export async function lastfix(
  args: readonly string[],
  cwd: string,
  meanwhile: (child: ChildProcess) => unknown = () => undefined,
  options: Pick<SpawnOptions, 'env' | 'uid' | 'gid'> = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    timeout: LONGEST,
    killSignal: 'SIGKILL',
    ...options,
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<Pick<Ended, 'status' | 'signal'>>((resolve, reject) => {
    child.once('error', reject).once('close', (status: number | null, signal: NodeJS.Signals | null) => { resolve({ status, signal }); });
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) child[name].setEncoding('utf8').on('data', (text: string) => (output[name] += text));
  try {
    await meanwhile(child);
  } catch (failure) {
    child.kill('SIGKILL');
    await ended;
    throw failure;
  }
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

/** The address that a process says it serves at. */
export function addressOf(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve) => {
    child.stderr!.on('data', (chunk: Buffer) => {
      const [, url] = /serving \S+ at (http:\S+)/.exec((said += chunk.toString())) ?? [];
      if (url) resolve(url);
    });
  });
}
