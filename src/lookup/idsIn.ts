/** Ids that are read in a step. */
const STEP_IDS = 256;

/** The ids that stand one behind the other in bytes, as `IdPages` writes them: some at a time. */
export function* idsIn(bytes: Buffer): Generator<readonly string[], void, undefined> {
  for (let [at, ids] = [0, [] as string[]]; at < bytes.length; ) {
    let byte = bytes[at++]!;
    let length = byte % 128;
    for (let scale = 128; byte >= 128; scale *= 128) length += ((byte = bytes[at++]!) % 128) * scale;
    ids.push(bytes.toString('utf8', at, at + length));
    at += length;
    if (ids.length < STEP_IDS && at < bytes.length) continue;
    yield ids;
    ids = [];
  }
}
