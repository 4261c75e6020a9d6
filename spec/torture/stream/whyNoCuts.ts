import { NatsServer } from '../../support/NatsServer.js';

/** The first version of nats-server, as major and minor, that was seen to survive it. */
const [MAJOR, MINOR] = [2, 10];

/**
 * Why no broker is to be cut off: with 2.9.10, a leader that was cut off with its clients keeps what it had not agreed on with
 * the others, so that the same number is another message there from then on. `undefined` if the version is a later one.
 */
export function whyNoCuts(): string | undefined {
  const version = NatsServer.version();
  const [major, minor] = version.split('.').map(Number) as [number, number];
  if (major > MAJOR || (major === MAJOR && minor >= MINOR)) return undefined;
  return `replicas of nats-server ${version} differ after that: name a later one in NATS_SERVER`;
}
