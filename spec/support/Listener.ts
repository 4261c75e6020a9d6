import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { eventually } from './eventually.js';

export interface Heard {
  readonly event: string;
  readonly id: string | undefined;
  /** As the kind of event has it. */
  readonly data: {
    readonly stream_time?: string | null;
    readonly changes?: readonly Record<string, unknown>[];
    readonly late?: readonly Record<string, unknown>[];
    readonly corrected?: readonly Record<string, unknown>[];
    readonly paused?: boolean;
    readonly rate?: number | 'max';
    readonly replaying?: boolean;
  };
}

/** Listens to server-sent events. */
export class Listener {
  readonly heard: Heard[] = [];
  /** All that came, as it came. */
  text = '';
  readonly response: IncomingMessage;
  ended = false;

  private constructor(response: IncomingMessage) {
    this.response = response;
    let open = '';
    response.setEncoding('utf8').on('data', (chunk: string) => {
      this.text += chunk;
      const parts = (open + chunk).split('\n\n');
      open = parts.pop()!;
      for (const part of parts) this.#hear(part);
    });
    response.on('close', () => (this.ended = true)).on('error', () => (this.ended = true));
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<Listener> {
    const [response] = (await once(get(`${url}api/events`, { headers, agent: false }), 'response')) as [IncomingMessage];
    return new Listener(response);
  }

  /** Resolves when something was heard that is wanted. */
  async hears(wanted: (heard: Heard) => boolean): Promise<void> {
    await eventually(() => this.heard.some(wanted));
  }

  /** All fixes of the flushes, in their order. */
  fixes(kind: 'changes' | 'late' | 'corrected'): readonly Record<string, unknown>[] {
    return this.heard.filter(({ event }) => event === 'flush').flatMap(({ data }) => data[kind]!);
  }

  close(): void {
    this.response.destroy();
  }

  #hear(text: string): void {
    const lines = new Map(text.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]));
    if (lines.has('data'))
      this.heard.push({
        event: lines.get('event') ?? 'message',
        id: lines.get('id'),
        data: JSON.parse(lines.get('data')!) as Heard['data'],
      });
  }
}
