/** What was noticed of fixes while they were read, beside what they say. */
export class Noticed {
  /** Speeds that are written, and are no number from 0 up: they are unknown. */
  unknownSpeeds = 0;
  /** The first of them. */
  firstUnknownSpeed: string | undefined;
  /** Times that name no zone. */
  readonly zoneless = { event: 0, arrival: 0 };
  /** Rows that were rejected for a latitude beyond 90, whose longitude would be one. */
  exchanged = 0;
  /** Times that a clock never showed, since it was put forward over them; and those that it showed twice. */
  skipped = 0;
  repeated = 0;
}
