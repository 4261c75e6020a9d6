import type { NatsConnection, Status } from '@nats-io/transport-node';
import type { Outages } from '../send/Outages.js';
import { withoutSecrets } from '../send/withoutSecrets.js';
import type { StreamUrl } from './streamUrl.js';

/** Tells of a connection that is lost, and made anew, until it is closed. */
export function watchConnection(connection: NatsConnection, outages: Outages, { credentials }: StreamUrl): void {
  const told = (status: Status) => {
    if (status.type === 'disconnect') outages.failed('the connection was lost');
    else if (status.type === 'reconnect') outages.answered();
    else if (status.type === 'error') outages.failed(withoutSecrets(status.error.message, credentials));
  };
  const watch = async () => {
    for await (const status of connection.status()) told(status);
  };
  void watch();
}
