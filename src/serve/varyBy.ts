import type { FastifyReply } from 'fastify';

/** Says that an answer depends on a header of its request, beside those that are named already. */
export function varyBy(reply: FastifyReply, header: string): void {
  const before = reply.getHeader('vary');
  reply.header('vary', before === undefined ? header : `${String(before)}, ${header}`);
}
