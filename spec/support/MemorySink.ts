import type { Commit } from '../../src/domain/commit.js';
import { SlowSink } from './SlowSink.js';

/** A log in memory that writes at once. */
export class MemorySink extends SlowSink {
  override commit(...batch: Parameters<SlowSink['commit']>): Promise<Commit> {
    const writing = super.commit(...batch);
    this.succeed();
    return writing;
  }

  override end(): Promise<Commit> {
    const writing = super.end();
    this.succeed();
    return writing;
  }
}
