const MILLIS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Writes milliseconds as `parseDuration` reads them, in the largest unit of which they are a whole number: `90s`, `24h`, `7d`. */
export function formatDuration(millis: number): string {
  const unit =
    (['d', 'h', 'm', 's'] as const).find((unit) => millis % MILLIS[unit] === 0 && millis >= (unit === 'd' ? 2 : 1) * MILLIS[unit]) ??
    (millis === 0 ? 's' : 'ms');
  return `${millis / MILLIS[unit]}${unit}`;
}

/** Reads `250ms`, `2s`, `1.5m`, `24h` or `7d` as milliseconds, or gives `undefined` for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text) ?? [];
  const millis = amount && unit ? Number(amount) * MILLIS[unit as keyof typeof MILLIS] : Infinity;
  return Number.isFinite(millis) ? millis : undefined;
}
