/** What Node.js makes of a delay: one that does not fit into 31 bits is 1 ms. */
export const likeNode = (delay: number): number => (delay > 2 ** 31 - 1 ? 1 : delay);
