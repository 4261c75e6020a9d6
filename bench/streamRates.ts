// node dist/bench/streamRates.js DEVICES SECONDS ROUNDS: fixes a second into a stream of a server of its own, out of a
// recording in memory, and, in turn, by bare publishing of the same messages, one under way in each partition. Prints JSON.
import { lastValueFrom } from 'rxjs';
import { Readable } from 'node:stream';
import { generateRecording, openRecording, play, Sent, type Figures } from '../src/index.js';
import { batchLines } from '../src/stream/batchLines.js';
import { intoStream } from '../src/stream/intoStream.js';
import { openStream } from '../src/stream/openStream.js';
import { partitionOf } from '../src/stream/partitionOf.js';
import { Publisher } from '../src/stream/Publisher.js';
import type { Stream } from '../src/stream/Stream.js';
import { streamUrl } from '../src/stream/streamUrl.js';
import { NatsServer } from '../spec/support/NatsServer.js';

const PARTITIONS = 8;
const LINES = 500;
const [devices = 2000, seconds = 360, rounds = 3] = process.argv.slice(2).map(Number);
const chunks = [...generateRecording({ devices, duration: seconds * 1000, seed: 1 })].map((chunk) => Buffer.from(chunk));
const open = () => openRecording([{ name: 'made', chunks: Readable.from(chunks) }]);
const { fixes, messages } = await messagesIn();

const server = await NatsServer.start();
try {
  const rates: { bare: number; lastfix: number; bytes: number; acknowledgement: Figures | undefined }[] = [];
  for (let round = 0; round <= rounds; round++) {
    const bare = await inStream(`bare-${round}`, bareRate);
    const own = await inStream(`own-${round}`, ownRate);
    rates.push({ bare: bare.taken, lastfix: own.taken.rate, bytes: own.bytes / fixes, acknowledgement: own.taken.acknowledgement });
  }
  process.stdout.write(JSON.stringify({ fixes, rates: rates.slice(1) })); // the first is for the compiler
} finally {
  await server.remove();
}

/** The messages of each partition. */
async function messagesIn(): Promise<{ readonly fixes: number; readonly messages: readonly (readonly Buffer[])[] }> {
  const lines = Array.from({ length: PARTITIONS }, () => [] as string[]);
  const lineOf = batchLines([]);
  let seq = 0;
  const recording = await open();
  for await (const batch of recording.batches)
    for (let row = batch.first; row < batch.end; row++)
      lines[partitionOf(batch.devices.id(batch.columns.device[row]!), PARTITIONS)]!.push(`${lineOf(batch, row, seq++)}\n`);
  await recording.close();
  const partsOf = (all: readonly string[]) =>
    Array.from({ length: Math.ceil(all.length / LINES) }, (_, i) => Buffer.from(all.slice(i * LINES, (i + 1) * LINES).join('')));
  return { fixes: seq, messages: lines.map(partsOf) };
}

/** Does something with a stream of its own, which is deleted. */
async function inStream<T>(name: string, work: (stream: Stream) => Promise<T>): Promise<{ readonly taken: T; readonly bytes: number }> {
  const stream = await openStream(streamUrl(server.url(name)), { make: { partitions: PARTITIONS } });
  try {
    const taken = await work(stream);
    const { bytes } = await stream.state();
    await stream.manager().streams.delete(name);
    return { taken, bytes };
  } finally {
    await stream.close();
  }
}

async function bareRate(stream: Stream): Promise<number> {
  const client = stream.jetstream();
  const started = performance.now();
  const publishing = messages.map(async (parts, partition) => {
    for (const part of parts) await client.publish(stream.subjectOf(partition), part);
  });
  await Promise.all(publishing);
  return (fixes * 1000) / (performance.now() - started);
}

async function ownRate(stream: Stream): Promise<{ readonly rate: number; readonly acknowledgement: Figures | undefined }> {
  const sent = new Sent();
  const publisher = new Publisher(stream, { source: 'made', isPlaced: true, sent });
  const recording = await open();
  const started = performance.now();
  await lastValueFrom(play(recording.batches, intoStream(publisher, { partitions: PARTITIONS, extra: [] }), { rate: Infinity }));
  const rate = (fixes * 1000) / (performance.now() - started);
  await recording.close();
  return { rate, acknowledgement: sent.acknowledgement.figures() };
}
