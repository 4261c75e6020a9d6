import { execFile } from 'node:child_process';

/** Runs a line as a shell does, in a folder; one that takes longer than 50 s is killed. */
export function shell(line: string, cwd: string): Promise<{ readonly status: number; readonly stdout: string; readonly stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile('sh', ['-c', line], { cwd, timeout: 50_000 }, (_, stdout, stderr) => {
      resolve({ status: child.exitCode ?? -1, stdout, stderr });
    });
  });
}
