import { spawn, type ChildProcess } from 'node:child_process';
import { eventually } from './eventually.js';

/** A command in a terminal of its own. */
export interface InTerminal {
  readonly type: (keys: string) => void;
  /** Waits until the terminal was sent something, after what was waited for before. */
  readonly shows: (pattern: RegExp) => Promise<RegExpExecArray>;
  /** Waits until the command has ended. @returns what was not waited for */
  readonly end: () => Promise<string>;
  /** All that was ever sent. */
  readonly all: () => string;
}

// The same whatever runs the specs: another shell may end with the command that Ctrl-C ends, and a dumb terminal takes no codes.
const ENVIRONMENT = { SHELL: '/bin/sh', TERM: 'xterm' };

/** Gives terminals, which `script` of util-linux makes, to the specs of a suite; none of them outlives its spec. */
export function terminals(): (command: string, columns?: number) => InTerminal {
  const children: ChildProcess[] = [];
  afterEach(() => { for (const child of children.splice(0)) child.kill(); });
  return (command, columns = 200) => {
    const child = spawn(
      'script',
      [
        '-qefc',
        `trap : INT; stty cols ${columns}; ${command}; echo "status $?"; stty -a | tr '; ' '\\n\\n' | grep -x -e icanon -e echo`,
        '/dev/null',
      ],
      { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...ENVIRONMENT } },
    );
    children.push(child);
    let [seen, all] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      seen += text;
      all += text;
    });
    const ended = new Promise<void>((resolve, reject) => child.once('error', reject).once('close', () => { resolve(); }));
    return {
      type: (keys) => child.stdin.write(keys),
      shows: async (pattern) => {
        await eventually(() => pattern.test(seen), () => `${pattern} in ${JSON.stringify(seen)}`);
        const match = pattern.exec(seen)!;
        seen = '';
        return match;
      },
      end: async () => {
        child.stdin.end();
        await ended;
        return seen;
      },
      all: () => all,
    };
  };
}
