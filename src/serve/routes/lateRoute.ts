import type { FastifyInstance } from 'fastify';
import { Grid } from '../../domain/Grid.js';
import { boxOf } from '../boxOf.js';
import type { Context } from '../Context.js';
import { spanOf, type SpanParameters } from '../parameters.js';
import { SCHEMAS } from '../schemas.js';

interface LateParameters extends Omit<SpanParameters, 'copies'> {
  readonly box?: string;
  readonly cells: number;
}

/** `GET /api/late` */
export function lateRoute(api: FastifyInstance, { served, now }: Context): void {
  api.get<{ Querystring: LateParameters }>('/api/late', { schema: SCHEMAS.late }, async ({ query, signal }) => {
    const { by = 'arrival', box, cells } = query;
    const grid = Grid.over(boxOf(box), cells);
    const all = await served.late(spanOf({ ...query, by }, now), grid, signal);
    const [x, y, counts]: number[][] = [[], [], []];
    for (const [cell, count] of all.entries()) {
      if (count === 0) continue;
      x!.push((grid.left + (cell % grid.across)) % grid.side);
      y!.push(grid.top + Math.floor(cell / grid.across));
      counts!.push(count);
    }
    return { by, side: grid.side, x, y, counts };
  });
}
