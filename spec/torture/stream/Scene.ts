import type { Database } from '../../../src/store/Database.js';
import type { Mosquitto } from '../../support/Mosquitto.js';
import type { NatsCluster } from '../../support/NatsCluster.js';
import type { PostgresServer } from '../../support/PostgresServer.js';
import type { EventClient } from './EventClient.js';
import type { HttpSender } from './HttpSender.js';
import type { Ledger } from './Ledger.js';
import type { MqttSender } from './MqttSender.js';
import type { PrivateNetwork } from './PrivateNetwork.js';
import type { Program } from './Program.js';

/** The stream of all of it. */
export const STREAM = 'gps';

/** A cluster of three brokers, a database, Mosquitto, a gateway, workers, a server of the store, and who sends and listens to them. */
export interface Scene {
  readonly folder: string;
  /** Its network, if that is its own and can be cut. */
  readonly network: PrivateNetwork | undefined;
  readonly cluster: NatsCluster;
  readonly postgres: PostgresServer;
  readonly mosquitto: Mosquitto;
  readonly database: Database;
  readonly gateway: Program;
  readonly server: Program;
  readonly workers: Program[];
  readonly http: HttpSender;
  readonly mqtt: MqttSender;
  readonly events: EventClient;
  readonly ledger: Ledger;
  /** Starts one more worker. */
  hire(): void;
  /** Ends all of it. */
  close(): Promise<void>;
}
