/** What JetStream says while its servers choose who leads them, or are too few to. */
const NO_LEADER = 10_008;
/** What the client says if nothing answers for JetStream, or not in time: it is not known yet that the leader is gone. */
const UNANSWERED = new Set(['NoResponders', 'TimeoutError']);

/** Whether a request of JetStream failed only because its servers have no leader now. */
export function hasNoLeader(error: unknown): boolean {
  for (let fault = error; fault instanceof Error; fault = fault.cause) {
    const { name, code } = fault as { readonly name: string; readonly code?: unknown };
    if (code === NO_LEADER || UNANSWERED.has(name)) return true;
  }
  return false;
}
