import type { AddressInfo } from 'node:net';
import { serveLog } from '../../src/serve/serveLog.js';
import type { ServeOptions } from '../../src/serve/ServeOptions.js';

/** Serves a log at any free port while something is done with it; what fails within the server is an error. */
export async function serving<T>(output: string, use: (url: string) => Promise<T>, options: Partial<ServeOptions> = {}): Promise<T> {
  const failures: unknown[] = [];
  const usage = () => ({ memory: 0, cpu: 0 });
  const app = await serveLog(output, {
    version: '0',
    page: '.',
    token: undefined,
    tiles: undefined,
    onError: (error) => failures.push(error),
    now: () => 0,
    usage,
    ...options,
  });
  try {
    await app.listen({ host: '127.0.0.1', port: 0 });
    const result = await use(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}/`);
    if (failures.length > 0) throw failures[0];
    return result;
  } finally {
    await app.close();
  }
}
