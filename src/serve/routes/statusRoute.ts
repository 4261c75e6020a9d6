import type { FastifyInstance } from 'fastify';
import { firstValueFrom } from 'rxjs';
import { formatInstant, type Instant } from '../../domain/instant.js';
import { instantText } from '../../domain/instantText.js';
import type { Figures } from '../../report/Distribution.js';
import type { Context } from '../Context.js';
import { paceObject } from '../paceObject.js';
import { SCHEMAS } from '../schemas.js';
import { isTilesFile, TILES_ADDRESS } from '../tilesFile.js';

/** `GET /api/status` */
export function statusRoute(api: FastifyInstance, { version, served, past, tiles, attribution, devices, live }: Context): void {
  api.get('/api/status', { schema: SCHEMAS.status }, async ({ signal }) => {
    const { size } = await devices();
    const { start, end, finalUntil, rows, changes, verdicts: { late, duplicate, conflict } } = await past.extent(signal);
    const state = live && (await firstValueFrom(live.state$));
    return {
      version,
      output: served.output,
      replaying: state?.running ?? false,
      writing: (await served.isBeingWritten()) ?? null,
      steerable: state?.running ?? false,
      ...paceObject(state?.pace ?? { paused: false, rate: 1 }),
      stream_time: instantText(end),
      final_until: instantText(finalUntil),
      span: state?.span ? spanObject(state.span.first, state.span.last) : spanObject(start, end),
      rows,
      changes,
      late,
      duplicate,
      conflict,
      devices: size,
      figures: state ? { end_to_end_ms: figuresObject(state.endToEnd), lateness_ms: figuresObject(state.lateness) } : null,
      speed_unit: (await served.speedUnit()) ?? null,
      tiles: tiles === undefined ? null : isTilesFile(tiles) ? TILES_ADDRESS : tiles,
      attribution: attribution ?? null,
    };
  });
}

function spanObject(first: Instant | undefined, last: Instant | undefined) {
  return first === undefined || last === undefined ? null : { first: formatInstant(first), last: formatInstant(last) };
}

function figuresObject(figures: Figures | undefined) {
  return figures ? { p50: figures.p50, p95: figures.p95, p99: figures.p99, max: figures.max } : null;
}
