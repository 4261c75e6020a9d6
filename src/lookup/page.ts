import { crc32 } from 'node:zlib';

/** All of an index is pages of so many bytes, so that each part that is read is checked by itself. */
export const PAGE = 4096;
/** How many of them are what the page holds; its checksum is behind them. */
export const CHECKED = PAGE - 4;

/** How many records of so many bytes fit into a page. */
export function recordsInPage(width: number): number {
  return Math.floor(CHECKED / width);
}

/**
 * Ends each page with the CRC-32 of what is before it (ISO 3309, as in gzip), begun with a number and the page's
 * place among them: so that no page passes for another, or for one that stood there before.
 */
export function sealPages(pages: Buffer, salt: number): Buffer {
  for (let at = 0; at < pages.length; at += PAGE) {
    pages.writeUInt32LE(checksum(pages.subarray(at, at + PAGE), salt + at / PAGE), at + CHECKED);
  }
  return pages;
}

/** Whether a page is as it was sealed, with a salt of its own. */
export function isSealed(page: Buffer, salt: number): boolean {
  return page.length === PAGE && page.readUInt32LE(CHECKED) === checksum(page, salt);
}

function checksum(page: Buffer, salt: number): number {
  return crc32(page.subarray(0, CHECKED), salt >>> 0);
}
