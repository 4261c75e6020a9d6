import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { SchedulerLike } from 'rxjs';
import { waited } from '../rx/waited.js';
import type { Credentials } from '../send/Credentials.js';
import { ArrivalClock } from './ArrivalClock.js';
import { Buckets } from './Buckets.js';
import { GatewayCounts } from './GatewayCounts.js';
import { gatewayMetrics } from './gatewayMetrics.js';
import { Access, type AccessOptions } from './http/Access.js';
import { Deadlines } from './http/Deadlines.js';
import { gatewayServer } from './http/gatewayServer.js';
import { Intake } from './Intake.js';
import type { MqttAddress } from './mqtt/mqttAddress.js';
import { MqttSource } from './mqtt/MqttSource.js';
import { takeMessage } from './mqtt/takeMessage.js';
import type { Outlet } from './Outlet.js';
import type { ReadOptions } from './read/ReadOptions.js';

/** How often a tick is sent, in ms. */
const TICK_MILLIS = 1000;
/** It is ready if the stream acknowledged something within so many ms. */
const READY_MILLIS = 5000;
/** How often it is looked whether there is room again, in ms. */
const LOOK_MILLIS = 50;
/** What waits for the stream at most. */
const MOST_WAITING = { fixes: 100_000, bytes: 64 * 2 ** 20 };
/** What all bodies that are coming have at most, in bytes. */
const MOST_COMING = 256 * 2 ** 20;
/** What a request has at most. */
const MOST_SENT = { bytes: 2 ** 20, lines: 10_000 };

export interface GatewayOptions {
  readonly reading: ReadOptions;
  /** Where to listen for HTTP. */
  readonly http?: { readonly host: string; readonly port: number } | undefined;
  readonly access?: AccessOptions;
  /** From where messages come, by which name the gateway is known there, and what it shows. */
  readonly mqtt?: readonly { readonly address: MqttAddress; readonly id: string; readonly credentials: Credentials }[];
  /** What a device may send a second, in fixes, and an address, in requests. Default: as much as they like. */
  readonly rates?: { readonly device?: number | undefined; readonly address?: number | undefined };
  readonly connections?: { readonly all: number; readonly perAddress: number };
  /** How long a request may take to come, and an answer for the stream to have it, in ms. Default: 20 s each. */
  readonly patience?: { readonly request: number; readonly stream: number };
  /** Default: 100,000 fixes, 64 MiB. */
  readonly mostWaiting?: { readonly fixes: number; readonly bytes: number };
  /** How many bytes bodies may have that are coming at the same time. Default: 256 MiB. */
  readonly mostComing?: number;
  /** 32 random bits. */
  readonly random: number;
  /** The wall clock, in ms since 1970. */
  readonly wall: () => number;
  /** A clock that does not go back. */
  readonly scheduler: SchedulerLike;
  readonly usage: () => { readonly memory: number; readonly cpu: number };
  /** Called with what is to be told in a line. */
  readonly say: (line: string) => void;
  /** Called with what no client is to blame for. */
  readonly onError: (error: unknown) => void;
  /** Called when the stream will take nothing any more. */
  readonly failed: (error: unknown) => void;
}

/** A gateway that takes fixes. */
export interface Gateway {
  /** Where it listens for HTTP. */
  readonly address: AddressInfo | undefined;
  readonly counts: GatewayCounts;
  /** Takes no more, and resolves when what was taken is in the stream, or after so many ms; says how much is not. */
  close(within: number): Promise<void>;
}

/**
 * Takes fixes over HTTP and MQTT into a stream, and tells it each second that nothing earlier will come.
 *
 * @throws what listening throws, and FileError if a package is missing
 */
export async function openGateway(outlet: Outlet, options: GatewayOptions): Promise<Gateway> {
  const { reading, http, rates = {}, random, wall, scheduler, say, onError, failed, usage } = options;
  const { connections = { all: 4096, perAddress: 1024 }, patience = { request: 20_000, stream: 20_000 } } = options;
  const now = () => scheduler.now();
  const clock = new ArrivalClock({ wall, steady: now });
  const counts = new GatewayCounts();
  const intake = new Intake(outlet, { clock, counts, now, random, most: options.mostWaiting ?? MOST_WAITING });
  const stop = new AbortController();
  const deadlines = new Deadlines(patience.stream, now);
  const sources: MqttSource[] = [];
  let isClosing = false;
  const wait = (millis: number, signal: AbortSignal) => waited(millis, scheduler, signal);
  const bucketsOf = (rate: number | undefined) => (rate === undefined ? undefined : new Buckets(rate, now));
  const isReady = () =>
    (counts.acknowledged !== undefined && now() - counts.acknowledged < READY_MILLIS) || (reading.trustTime && counts.waiting === 0);
  const metrics = () =>
    gatewayMetrics(counts, {
      mqtt: { connected: sources.filter(({ isConnected }) => isConnected).length, all: sources.length },
      ahead: clock.ahead,
      now: now(),
      ...usage(),
    });
  const server =
    http &&
    gatewayServer(
      {
        intake,
        counts,
        reading,
        access: new Access(options.access ?? {}),
        devices: bucketsOf(rates.device),
        addresses: bucketsOf(rates.address),
        isReady,
        metrics,
        most: MOST_SENT,
        bodies: { left: options.mostComing ?? MOST_COMING },
        deadlines,
        isClosing: () => isClosing,
        onError,
      },
      { connections, requestTime: patience.request },
    );
  try {
    if (server) await once(server.listen(http.port, http.host), 'listening');
    for (const { address, id, credentials } of options.mqtt ?? []) {
      const take = (topic: string, payload: Buffer) => takeMessage(topic, payload, { address, intake, counts, reading });
      sources.push(await MqttSource.open(address, { id, credentials, take, room, say, now }));
    }
  } catch (error) {
    server?.close();
    throw error;
  }
  void tick();
  void look();

  function room(): Promise<void> | undefined {
    return intake.isFull() ? wait(LOOK_MILLIS, stop.signal) : undefined;
  }

  /** Ticks, one after the other. What arrived when others say so may arrive earlier than that: then it promises nothing. */
  async function tick(): Promise<void> {
    try {
      while (!reading.trustTime) await Promise.all([intake.tick(), wait(TICK_MILLIS, stop.signal)]);
    } catch (error) {
      if (!stop.signal.aborted) failed(error);
    }
  }

  async function look(): Promise<void> {
    while (!stop.signal.aborted) {
      await wait(LOOK_MILLIS, stop.signal).catch(() => undefined); // it is stopped
      deadlines.look();
    }
  }

  return {
    address: server?.address() as AddressInfo | undefined,
    counts,
    close: async (within) => {
      isClosing = true;
      const controller = new AbortController();
      const late = wait(within, controller.signal).catch(() => undefined);
      const closed = server && once(server.close(), 'close'); // when all is answered
      server?.closeIdleConnections();
      await Promise.all(sources.map((source) => source.close(late)));
      await Promise.race([closed, late]);
      stop.abort();
      server?.closeAllConnections();
      if (!reading.trustTime && counts.waiting === 0) await Promise.race([intake.end().catch(failed), late]);
      controller.abort();
    },
  };
}
