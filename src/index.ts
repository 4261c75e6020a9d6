export { play, type PlayOptions } from './pipeline.js';
export type { DeviceReport } from './check/busiestDevices.js';
export type { Checked } from './check/Checked.js';
export { checkReport, type CheckReport } from './check/checkReport.js';
export type { WorstFix } from './check/worstFix.js';
export type { DeviceFindings, Findings, SurveyOptions } from './check/Findings.js';
export type { Worst } from './check/Worst.js';
export { survey } from './check/survey.js';
export { FileError } from './csv/FileError.js';
export { LOG_COLUMNS, RECORDING_COLUMNS, type ColumnNames, type Columns, type ExtraColumn } from './domain/columns.js';
export type { Appended, Cursor, LateFix, NamedFix } from './domain/Appended.js';
export type { Commit } from './domain/commit.js';
export { DeviceIds } from './domain/DeviceIds.js';
export type { FixBatch, FixColumns, Judged } from './domain/FixBatch.js';
export { distance, type Position } from './domain/distance.js';
export { isRejected, parseFix, type Fix, type ParseFixOptions, type Rejected, type Row } from './domain/fix.js';
export type { Counts, Histogram, HistogramSpan } from './domain/Histogram.js';
export { formatInstant, parseInstant, type Instant } from './domain/instant.js';
export type { Layout, LayoutPart, PerClock, SpeedUnit } from './domain/Layout.js';
export { judge, judgeFix, VERDICTS, type Update, type Verdict } from './domain/latest.js';
export { Noticed } from './domain/Noticed.js';
export {
  InvalidCursor,
  type Aged,
  type Answer,
  type Clock,
  type Extent,
  type FixesOptions,
  type FixesPage,
  type Fleet,
  type Moment,
  type Past,
  type Span,
  type TrackPage,
} from './domain/Past.js';
export type { Trip } from './domain/Trip.js';
export { generateRecording, type GenerateOptions } from './generate/generateRecording.js';
export { ask, type AskOptions } from './history/ask.js';
export { askAll } from './history/askAll.js';
export { askDevices } from './history/askDevices.js';
export { CsvPast, type CsvPastOptions } from './history/CsvPast.js';
export { follow, type FollowOptions } from './history/follow.js';
export { History } from './history/History.js';
export { openHistory, type OpenHistoryOptions } from './history/openHistory.js';
export { track, type TrackOptions } from './history/track.js';
export { flush, type FlushOptions } from './rx/flush.js';
export { latest } from './live/latest.js';
export { Pacing, type Command, type Pace } from './live/Pacing.js';
export type { End, EndOptions, Watcher } from './live/End.js';
export { latestInBatches } from './live/latestInBatches.js';
export { replay, type Arrived, type ReplayEachOptions } from './live/replay.js';
export { replayBatches, type ReplayOptions } from './live/replayBatches.js';
export { timetable, type Timing } from './live/timetable.js';
export { append, type AppendOptions, type Sink } from './rx/append.js';
export type { Log, Resumed } from './log/Log.js';
export type { LogRows } from './log/RowMaker.js';
export { intoLog, type IntoLogOptions, type Taking } from './log/intoLog.js';
export { openLog, type OpenLogOptions } from './log/openLog.js';
export { logPaths, type LogFile, type LogPaths } from './log/paths.js';
export type { Origin, RunFile } from './log/runFile.js';
export { synced, type SyncedOptions } from './rx/synced.js';
export { DamagedIndex } from './lookup/DamagedIndex.js';
export { trip } from './query/trip.js';
export type { Understood } from './recording/header/findLayout.js';
export { LAYOUTS } from './recording/layouts/LAYOUTS.js';
export type { NamedLayout } from './recording/layouts/NamedLayout.js';
export type { Input } from './recording/Input.js';
export type { Reading } from './recording/header/Readings.js';
export { batchOf } from './recording/batchOf.js';
export { fixesOf } from './recording/fixesOf.js';
export { openRecording } from './recording/openRecording.js';
export type { OpenRecordingOptions, Recording } from './recording/Recording.js';
export { shifted } from './recording/shifted.js';
export type { RejectedRows } from './recording/RejectedRows.js';
export type { Figures } from './report/Distribution.js';
export { Meter } from './report/Meter.js';
export { report, type Report, type Run } from './report/report.js';
export type { Carried, Carrier, CarrierWatcher } from './send/Carrier.js';
export type { Credentials } from './send/Credentials.js';
export type { Form, Sending } from './send/forms/Form.js';
export { FORMS, type FormName } from './send/forms/FORMS.js';
export { HttpCarrier, type HttpCarrierOptions } from './send/http/HttpCarrier.js';
export type { HttpForm, HttpMessage } from './send/http/HttpForm.js';
export { MqttCarrier, type MqttCarrierOptions } from './send/mqtt/MqttCarrier.js';
export { intoSystem, type IntoSystemOptions } from './send/intoSystem.js';
export type { Parcel } from './send/Parcel.js';
export { intoLines, type IntoLinesOptions, type LineFormat } from './send/intoLines.js';
export { Sent, type Refusal, type SentFix } from './send/Sent.js';
export { sendingReport, type SendingReport } from './send/sendingReport.js';
export { systemName } from './send/systemName.js';
export { sentHeader, sentLines } from './send/sentLines.js';
export { fromAsync } from './rx/fromAsync.js';
export { fromBatches } from './rx/fromBatches.js';
export { monotonic } from './rx/monotonic.js';
export { pull, type PullOptions } from './rx/pull.js';
