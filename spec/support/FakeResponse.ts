import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';

/** A response whose client takes nothing until it is told to. */
export class FakeResponse extends EventEmitter {
  head: readonly unknown[] = [];
  text = '';
  writableLength = 0;
  destroyed = false;

  static make(): { readonly fake: FakeResponse; readonly response: ServerResponse } {
    const fake = new FakeResponse();
    return { fake, response: fake as unknown as ServerResponse };
  }

  get writableNeedDrain(): boolean {
    return this.writableLength > 0;
  }

  writeHead(...head: readonly unknown[]): void {
    this.head = head;
  }

  write(bytes: Buffer | string): void {
    this.text += bytes.toString();
    this.writableLength += bytes.length;
  }

  /** The client takes all. */
  drain(): void {
    this.writableLength = 0;
    this.emit('drain');
  }

  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}
