import { isUtf8 } from 'node:buffer';

/** Where the first byte stands that is not UTF-8; -1 if all are. */
export function invalidUtf8(bytes: Buffer): number {
  if (isUtf8(bytes)) return -1;
  for (let at = 0; ; ) {
    if (bytes[at]! < 0x80) at++;
    else {
      const length = [2, 3, 4].find((count) => at + count <= bytes.length && isUtf8(bytes.subarray(at, at + count)));
      if (length === undefined) return at;
      at += length;
    }
  }
}
