/** A value of a metric that has several, and what tells it from the others. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric in the text format of Prometheus, with the one value that it has, or with several: none at all if there are none. */
export function metric(name: string, type: 'counter' | 'gauge', help: string, value: number | readonly Sample[]): string {
  const samples: readonly Sample[] = typeof value === 'number' ? [{ labels: {}, value }] : value;
  if (samples.length === 0) return '';
  const lines = samples.map((sample) => `lastfix_${name}${labelsText(sample.labels)} ${sample.value}\n`).join('');
  return `# HELP lastfix_${name} ${help}\n# TYPE lastfix_${name} ${type}\n${lines}`;
}

function labelsText(labels: Sample['labels']): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`);
  return pairs.length === 0 ? '' : `{${pairs.join()}}`;
}
