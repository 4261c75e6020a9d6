/** Without anything between them, date and time must be 14 digits: 12 are a number since 1970. */
const DATE = String.raw`(?:(\d{4})([-/])(\d{1,2})\2(\d{1,2})[T ]|(\d{4})(\d\d)(\d\d)(?:[T ]|(?=\d{6}(?!\d))))`;
const TIME = String.raw`(?:(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?|(\d\d)(\d\d)(?:(\d\d)(?:[.,](\d{1,9}))?)?)`;
/** What Go writes behind an offset: the short name of the zone, which the offset has said already. */
const NAME = String.raw`(?: (?:(?![AP]M)[A-Z]{2,5}|[+-]\d{2,4}))?`;
const ZONE = String.raw`(?: ?([+-]\d\d(?::?\d\d)?)${NAME}| ?(Z|UTC|GMT))?`;
/** RFC 9557: the name of a zone, then tags like `[u-ca=gregory]`, which say nothing of the moment. */
const TAGS = String.raw`(?:\[!?([A-Za-z][\w+\-/]*|[+-]\d\d:\d\d)\])?(?:\[!?[a-z_][\w-]*=[\w-]+\])*`;
const ISO = new RegExp(`^${DATE}${TIME}${ZONE}${TAGS}$`, 'i');

/** The parts of a time that is written as `isoTime` reads it, whether there is such a time or not. */
export function isoParts(text: string): RegExpExecArray | null {
  return ISO.exec(text);
}
