export { type GuardOptions } from './guard.js';
export type { Live, LiveState } from './Live.js';
export { serveLog } from './serveLog.js';
export type { ServeOptions, Usage } from './ServeOptions.js';
