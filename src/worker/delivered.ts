import type { Instant } from '../domain/instant.js';

/** What the subject for the answer says of a message. */
export interface Delivered {
  /** Its place in the stream, and among what the consumer was given. */
  readonly seq: number;
  readonly delivery: number;
  /** When the stream got it. */
  readonly time: Instant;
  /** How many the consumer is still to be given. */
  readonly pending: number;
}

/**
 * What JetStream says of a message in its subject for the answer (ADR-15 of NATS): `$JS.ACK.stream.consumer.times.sequence.
 * delivery.time.pending`, in later versions with a domain and an account in front. The time is in ns.
 */
export function delivered(reply: string): Delivered {
  const parts = reply.split('.');
  const [seq, delivery, nanos = '', pending] = parts.slice(parts.length === 9 ? 5 : 7);
  return { seq: Number(seq), delivery: Number(delivery), time: Number(nanos.slice(0, -3)), pending: Number(pending) };
}
