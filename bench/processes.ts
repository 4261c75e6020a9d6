import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A script of this project, to be run with arguments. */
export interface Command {
  /** What runs it. Default: this Node.js. */
  readonly program?: string;
  readonly script: string;
  readonly args: readonly string[];
  /** How much heap it may use, in MiB. Default: what Node.js allows. */
  readonly heap?: number;
}

const script = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The command line of lastfix. */
export const lastfix = (...args: string[]): Command => ({ script: script('../bundle/cli/lastfix.js'), args });
/** A baseline beside this file. */
export const baseline = (name: string, ...args: string[]): Command => ({ script: script(`./${name}.js`), args });

/** A plain loop of pandas beside the sources, if python3 with pandas is here. */
export function pandasLoop(...args: string[]): Command | undefined {
  const { status } = spawnSync('python3', ['-c', 'import pandas'], { stdio: 'ignore' });
  return status === 0 ? { program: 'python3', script: script('../../bench/pandasLoop.py'), args } : undefined;
}

/** Runs a command to its end; gives what it printed, and the seconds it took from start to exit. */
export function run({ program = process.execPath, script, args, heap }: Command): { readonly seconds: number; readonly stdout: string } {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync(
    program,
    [...(heap === undefined ? [] : [`--max-old-space-size=${heap}`]), script, ...args],
    { encoding: 'utf8', maxBuffer: 2 ** 30 },
  );
  if (status !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${String(status)}: ${stderr}`);
  return { seconds: (performance.now() - start) / 1000, stdout };
}

/** Runs two commands in turn, once unmeasured, and gives the seconds of each run, and what the second printed. */
export function pairs(
  a: Command,
  b: Command,
  times: number,
): { readonly a: readonly number[]; readonly b: readonly number[]; readonly outputs: readonly string[] } {
  run(a);
  run(b);
  const taken = { a: [] as number[], b: [] as number[], outputs: [] as string[] };
  for (let i = 0; i < times; i++) {
    taken.a.push(run(a).seconds);
    const other = run(b);
    taken.b.push(other.seconds);
    taken.outputs.push(other.stdout);
  }
  return taken;
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;
}
