import { shown } from '../../domain/shown.js';
import { UsageError } from '../UsageError.js';

/** Where to listen. */
export interface HttpPlace {
  readonly host: string;
  readonly port: number;
}

const LOOPBACK = '127.0.0.1';
const MAX_PORT = 65_535;

/** `8018`, `0.0.0.0:8018` or `[::]:8018`. @throws UsageError for anything else */
export function httpOf(text: string): HttpPlace {
  const [, bracketed, host, port] = /^(?:(?:\[([^\]]+)\]|([^:[\]]+)):)?(\d{1,5})$/.exec(text) ?? [];
  if (port === undefined || Number(port) > MAX_PORT)
    throw new UsageError(`--http ${shown(text)} is not a place to listen: write it like 8018, 0.0.0.0:8018 or [::]:8018`);
  return { host: bracketed ?? host ?? LOOPBACK, port: Number(port) };
}

/** Whether only programs of this machine reach it. */
export function isLoopback({ host }: HttpPlace): boolean {
  return /^127\.(?:\d+\.){2}\d+$|^::1$|^localhost$/.test(host);
}
