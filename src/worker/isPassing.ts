/** There is no such stream. */
const NOT_FOUND = 10_059;

interface Fault extends Error {
  readonly code?: unknown;
  readonly operation?: string;
}

/** Whether what a client of NATS says may be otherwise in a moment: all but that there is no such stream, or no right. */
export function isPassing(error: unknown): boolean {
  for (let fault = error; fault instanceof Error; fault = fault.cause) {
    const { name, code, operation } = fault as Fault;
    if (code === NOT_FOUND || operation !== undefined || name === 'AuthorizationError') return false;
  }
  return true;
}
