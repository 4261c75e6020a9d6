import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Tells the program that it is in a namespace of its own. */
const MARK = 'LASTFIX_TORTURE_IN_OWN_NETWORK';
const NAMESPACES = ['--net', '--pid', '--fork', '--kill-child', '--mount-proc'];

/** Why there can be no partition of the network; `undefined` if this process is in a namespace of its own. */
export const whyNoPartitions = (): string | undefined =>
  process.env[MARK] === undefined ? (process.getuid?.() === 0 ? 'unshare, nsenter or ip is missing or refused' : 'only root may make namespaces') : undefined;

/**
 * Runs this program once more, in namespaces of its own: its network is no other's, and all that it starts ends with it, however
 * it ends.
 *
 * @returns its exit status; `undefined` if this is that program, or the system refuses
 */
export async function inOwnNetwork(): Promise<number | undefined> {
  if (process.env[MARK] !== undefined || !isAllowed()) return undefined;
  // a shell is the first process there, which takes in those whose parents have ended
  const child = spawn('unshare', [...NAMESPACES, '--', 'sh', '-c', '"$0" "$@"; exit $?', process.execPath, ...process.execArgv, ...process.argv.slice(1)], {
    stdio: 'inherit',
    env: { ...process.env, [MARK]: '1' },
  });
  const [status] = (await once(child, 'close')) as [number | null];
  return status ?? 1;
}

function isAllowed(): boolean {
  try {
    execFileSync('unshare', [...NAMESPACES, '--', 'sh', '-c', 'ip link set lo up && ip link add trial type bridge && nsenter --net=/proc/self/ns/net true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
