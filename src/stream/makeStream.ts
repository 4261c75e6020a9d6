import type { JetStreamManager, StreamConfig, StreamInfo } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { counted } from '../domain/counted.js';
import { formatDuration } from '../domain/duration.js';
import { foundStream } from './foundStream.js';
import { StreamError } from './StreamError.js';
import type { StreamUrl } from './streamUrl.js';

/** How a stream is made. */
export interface Making {
  /** How many partitions it gets, and must have if it is there already. Default: 8, and as many as it has. */
  readonly partitions?: number | undefined;
  /** For how long it keeps a message, in ms. Default: 7 days. */
  readonly keep?: number | undefined;
}

export const DEFAULT_PARTITIONS = 8;
const DEFAULT_KEEP = 7 * 24 * 3_600_000;
/** A message that comes again within this time is known by its id, in ms. */
const DUPLICATE_WINDOW = 120_000;
const NANOS = 1_000_000;
/** In how many places a cluster keeps it. */
const REPLICAS = 3;
/** What JetStream says if it has too few servers for the replicas. */
const TOO_FEW = [10_005, 10_074];

/** Makes a stream, unless somebody else does at the same time. @param said told what was made */
export async function makeStream(
  manager: JetStreamManager,
  { info }: NatsConnection,
  { stream: name, shown }: Pick<StreamUrl, 'stream' | 'shown'>,
  { partitions = DEFAULT_PARTITIONS, keep = DEFAULT_KEEP }: Making,
  said: (line: string) => void,
): Promise<StreamInfo> {
  const config = {
    name,
    subjects: Array.from({ length: partitions }, (_, partition) => `${name}.${partition}`),
    storage: 'file',
    retention: 'limits',
    discard: 'old',
    max_age: keep * NANOS,
    duplicate_window: Math.min(DUPLICATE_WINDOW, keep) * NANOS,
  } satisfies Partial<StreamConfig> & { readonly name: string };
  const made = async (replicas: number) => {
    const stream = await manager.streams.add({ ...config, num_replicas: replicas });
    said(`${shown} was made: ${counted(partitions, 'partition')}, kept for ${formatDuration(keep)}${replicas > 1 ? `, on ${replicas} servers` : ''}`);
    return stream;
  };
  try {
    try {
      return await made(info?.cluster === undefined ? 1 : REPLICAS);
    } catch (error) {
      if (!TOO_FEW.includes(codeOf(error))) throw error;
      return await made(1);
    }
  } catch (error) {
    const other = await foundStream(manager, name).catch(() => undefined);
    if (other) return other; // who came first may have made it otherwise
    if (!isForbidden(error)) throw error;
    throw new StreamError(
      `${shown}: there is no such stream, and this user may not create it: let a user who may create it, as docs/scale.md describes`,
      { cause: error },
    );
  }
}

function isForbidden(error: unknown): boolean {
  return error instanceof Error && (error.name === 'PermissionViolationError' || isForbidden(error.cause));
}

function codeOf(error: unknown): number {
  return Number((error as { readonly code?: unknown }).code);
}
