import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Instant } from '../domain/instant.js';
import type { Outages } from '../send/Outages.js';
import type { StreamLink } from './StreamLink.js';

/** What is in a stream. */
export interface StreamState {
  /** When it was made: another moment is another stream. */
  readonly created: Instant;
  /** The sequence numbers of its first and its last message; the first is one more than the last if it is empty. */
  readonly first: number;
  readonly last: number;
  readonly messages: number;
  readonly bytes: number;
}

/** A stream that is open. Its connection is made anew for ever when it is lost. */
export interface Stream {
  readonly name: string;
  /** What to call it: without credentials. */
  readonly shown: string;
  readonly partitions: number;
  readonly connection: NatsConnection;
  /** Whether the connection is there. */
  readonly link: StreamLink;
  /** Says that the servers are away, and that they are back. */
  readonly outages: Outages;
  /** The most bytes that a message may have, with its headers. */
  readonly maxPayload: number;
  /** The subject of a partition, from 0: of one that is read by a pattern, the pattern. */
  subjectOf(partition: number): string;
  /** What is in it now. @throws StreamError if it is not there, or there is no right to ask */
  state(): Promise<StreamState>;
  /** A subject of one's own, for what is answered. */
  inbox(): string;
  jetstream(): JetStreamClient;
  manager(): JetStreamManager;
  /** Asks JetStream something, again until its servers have a leader. @throws what the client does, and the reason of the signal */
  patiently<T>(ask: () => Promise<T>): Promise<T>;
  /** An error of the client in one line, without credentials, that says what to do; the reason of the signal as it is. */
  explained(error: unknown): Error;
  close(): Promise<void>;
}
