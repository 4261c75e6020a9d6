import { formatInstant, type Instant, type Log, logPaths, type Recording } from '../../index.js';
import { conclusions } from '../recording/conclusions.js';
import type { Opened } from './Opened.js';
import type { ReplaySettings } from './replaySettings.js';
import { tell } from '../tell.js';
import { count, counted, duration, seconds } from '../text/words.js';

/** How the log differs from what the recording says. */
export interface Changed {
  /** By how many seconds all times are shifted, if they are. */
  readonly rebasedBy: number | undefined;
}

/** Says what a replay is about to do, and what is wrong with its recording. */
export function announce(settings: ReplaySettings, recording: Recording, { log, skipped }: Opened, { rebasedBy }: Changed): void {
  const { inputShown, output } = settings;
  if (log && !log.locked)
    say(
      settings,
      `the package fs-native-extensions does not run on this machine, so ${output} cannot be locked: let only one run at a time write it`,
    );
  if (log && settings.resume) say(settings, resumption(log, output));
  if (log && log.replaced.length > 0) say(settings, `replacing the previous run in ${log.replaced.join(', ')}`);
  if (skipped !== undefined && settings.resume) say(settings, goingOn(skipped, output));
  const { rows, rejected, span, content } = recording;
  const long = span ? `, ${duration((span.last - span.first) / 1000)} of stream time` : '';
  say(
    settings,
    content
      ? `playing ${inputShown} (${counted(rows, 'row')}${long}) into ${output}`
      : `playing ${inputShown} as it is read into ${output}`,
  );
  const concluded = conclusions(recording.readings, true);
  if (concluded !== undefined) say(settings, `reading ${concluded}`);
  if (rebasedBy !== undefined)
    say(
      settings,
      `rebased: all times are shifted by ${seconds(rebasedBy)}${span ? `, so that the first fix arrives at ${formatInstant(span.first + rebasedBy * 1e6)}` : ''}`,
    );
  const { count: lost, first } = rejected;
  if (first && content)
    say(
      settings,
      `rejecting ${count(lost)} of ${counted(rows, 'row')} ${rejectedWhere(settings)}; the first: ${rejection(settings, first)}`,
    );
  const { until = Infinity } = settings.playing;
  if (span && until < span.first)
    say(settings, `--until ${formatInstant(until)} is before the first arrival, ${formatInstant(span.first)}: nothing is played`);
  if (span) sayIfAllIsBefore(settings, span.last);
}

/** Says that everything is applied at once, if `--from` is after the last arrival. */
export function sayIfAllIsBefore(settings: ReplaySettings, last: Instant): void {
  const { from = -Infinity } = settings.playing;
  if (from > last)
    say(settings, `--from ${formatInstant(from)} is after the last arrival, ${formatInstant(last)}: everything is applied at once`);
}

/** What becomes of the rows that are rejected. */
export function rejectedWhere({ to }: ReplaySettings): string {
  if (to.kind === 'log') return `into ${logPaths(to.path).rejected}`;
  if (to.kind === 'stream') return `which ${to.url.shown} gets as rejected`;
  return to.kind === 'store' ? `into the table rejected of ${to.url.shown}` : 'that are not sent';
}

/** Where a row is that was rejected, and why. */
export function rejection({ inputs, input }: ReplaySettings, { line, reason }: { readonly line: number; readonly reason: string }): string {
  return `${inputs.length > 1 ? `line ${line} of ` : `${input}:${line}: `}${reason}`;
}

function resumption({ resumed }: Log, output: string): string {
  if (!resumed) return `no run to resume in ${output}: starting one`;
  if (resumed.finished) return `the run in ${output} is finished: checking that it is whole`;
  return `resuming the run in ${output}, which holds ${resumed.at === undefined ? 'no fix yet' : `what arrived until ${formatInstant(resumed.at)}`}`;
}

function goingOn(skipped: number, output: string): string {
  if (skipped === 0) return `no fix of this recording in ${output}: starting with the first`;
  return `going on after ${skipped === 1 ? 'the first fix' : `the first ${count(skipped)} fixes`}, which ${skipped === 1 ? 'is' : 'are'} in ${output}`;
}

/** Prints a line to standard error, unless the run is to be quiet. */
export function say({ quiet }: ReplaySettings, line: string): void {
  if (!quiet) tell(line);
}
