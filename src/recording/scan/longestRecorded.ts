import { LONGEST_ROW } from '../../csv/readBlocks.js';

/** No row of a recording is longer, so that that of a log, where quotes are doubled and times are longer, is none that cannot be read. */
export const LONGEST_RECORDED = LONGEST_ROW / 4;
