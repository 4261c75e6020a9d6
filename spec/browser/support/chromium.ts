import { existsSync } from 'node:fs';
import { chromium as engine, type Browser } from 'playwright-core';

export const PLACE = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a browser with nothing in it. @throws Error that says how to get one, if there is none */
export async function chromium(): Promise<Browser> {
  if (!existsSync(PLACE))
    throw new Error(`no browser at ${PLACE}: install Debian's chromium, or name another with CHROMIUM=/path/to/chromium`);
  return engine.launch({ executablePath: PLACE, args: FLAGS, timeout: 0 });
}
