import { asyncScheduler } from 'rxjs';
import { openGateway, type Gateway, type GatewayOptions } from '../../src/gateway/openGateway.js';
import type { Outlet } from '../../src/gateway/Outlet.js';

/** A gateway that a spec has made, and the address at which it takes fixes. */
export interface GatewayAt extends Gateway {
  readonly url: string;
  readonly port: number;
  /** What it has said. */
  readonly said: readonly string[];
  /** Its faults. */
  readonly faults: readonly unknown[];
}

/** Opens a gateway on a free port, in front of an outlet. */
export async function gatewayAt(outlet: Outlet, options: Partial<GatewayOptions> = {}): Promise<GatewayAt> {
  const said: string[] = [];
  const faults: unknown[] = [];
  const gateway = await openGateway(outlet, {
    reading: { speedUnit: 'km/h', owntracksId: '{user}/{device}', trustTime: false },
    http: { host: '127.0.0.1', port: 0 },
    random: 0x1234_5678,
    wall: () => Date.now(),
    scheduler: asyncScheduler,
    usage: () => ({ memory: 1, cpu: 2 }),
    say: (line) => said.push(line),
    onError: (error) => faults.push(error),
    failed: (error) => faults.push(error),
    ...options,
  });
  const { port } = gateway.address ?? { port: 0 };
  return { ...gateway, url: `http://127.0.0.1:${port}`, port, said, faults };
}
