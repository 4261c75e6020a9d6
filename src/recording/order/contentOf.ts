import { createHash } from 'node:crypto';

/** What a recording is, by its bytes as they are seen. */
export function contentOf() {
  const hash = createHash('sha256');
  let bytes = 0;
  return {
    seen: (chunk: Buffer) => {
      hash.update(chunk);
      bytes += chunk.length;
    },
    content: () => ({ bytes, sha256: hash.digest('hex') }),
  };
}
