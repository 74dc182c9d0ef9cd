// Times as text: strftime(3) in the C locale, ctime(3), and tmux's short form of a time in the past (`t/p:`).
// Used by formats and by the default texts of list-sessions.

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

const DAY_MS = 86_400_000;

/**
 * Expands `%` in a text for a moment in milliseconds since 1970, in the local time zone. `%-d` is without padding,
 * `%_d` with blanks, `%^a` in capitals, as glibc has it. What is no field stays as it is.
 */
export function strftime(format: string, moment: number): string {
  const date = new Date(moment);
  return format.replace(/%([-_0^#]*)[EO]?(.)/gs, (whole, flags: string, letter: string) => {
    const value = field(letter, date);
    return value === undefined ? whole : [...flags].reduce(applyFlag, value);
  });
}

function applyFlag(value: string, flag: string): string {
  if (flag === "^") return value.toUpperCase();
  if (flag === "-") return value.replace(/^[0 ]+(?=\d)/, "");
  if (flag === "_") return value.replace(/^0+(?=\d)/, (zeros) => " ".repeat(zeros.length));
  return flag === "0" ? value.replace(/^ +(?=\d)/, (blanks) => "0".repeat(blanks.length)) : value;
}

function two(value: number, fill = "0"): string {
  return String(value).padStart(2, fill);
}

function field(letter: string, date: Date): string | undefined {
  const hour12 = date.getHours() % 12 || 12;
  const weekday = date.getDay();
  switch (letter) {
    case "a":
      return DAYS[weekday]?.slice(0, 3);
    case "A":
      return DAYS[weekday];
    case "b":
    case "h":
      return MONTHS[date.getMonth()]?.slice(0, 3);
    case "B":
      return MONTHS[date.getMonth()];
    case "c":
      return strftime("%a %b %e %H:%M:%S %Y", date.getTime());
    case "C":
      return two(Math.floor(date.getFullYear() / 100));
    case "d":
      return two(date.getDate());
    case "D":
    case "x":
      return strftime("%m/%d/%y", date.getTime());
    case "e":
      return two(date.getDate(), " ");
    case "F":
      return strftime("%Y-%m-%d", date.getTime());
    case "g":
      return two(isoWeek(date).year % 100);
    case "G":
      return String(isoWeek(date).year);
    case "H":
      return two(date.getHours());
    case "I":
      return two(hour12);
    case "j":
      return String(dayOfYear(date) + 1).padStart(3, "0");
    case "k":
      return two(date.getHours(), " ");
    case "l":
      return two(hour12, " ");
    case "m":
      return two(date.getMonth() + 1);
    case "M":
      return two(date.getMinutes());
    case "n":
      return "\n";
    case "p":
      return date.getHours() < 12 ? "AM" : "PM";
    case "P":
      return date.getHours() < 12 ? "am" : "pm";
    case "r":
      return strftime("%I:%M:%S %p", date.getTime());
    case "R":
      return strftime("%H:%M", date.getTime());
    case "s":
      return String(Math.floor(date.getTime() / 1000));
    case "S":
      return two(date.getSeconds());
    case "t":
      return "\t";
    case "T":
    case "X":
      return strftime("%H:%M:%S", date.getTime());
    case "u":
      return String(weekday || 7);
    case "U":
      return two(Math.floor((dayOfYear(date) + 7 - weekday) / 7));
    case "V":
      return two(isoWeek(date).week);
    case "w":
      return String(weekday);
    case "W":
      return two(Math.floor((dayOfYear(date) + 7 - ((weekday + 6) % 7)) / 7));
    case "y":
      return two(date.getFullYear() % 100);
    case "Y":
      return String(date.getFullYear());
    case "z":
      return zoneOffset(date);
    case "Z":
      return zoneName(date);
    case "%":
      return "%";
    default:
      return undefined;
  }
}

function dayOfYear(date: Date): number {
  const day = Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((day - Date.UTC(date.getFullYear(), 0, 1)) / DAY_MS);
}

/** The week of ISO 8601, which belongs to the year that has its Thursday. */
function isoWeek(date: Date): { readonly year: number; readonly week: number } {
  const thursday = new Date(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()));
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
  const year = thursday.getUTCFullYear();
  return { year, week: Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / DAY_MS / 7) + 1 };
}

function zoneOffset(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? "-" : "+"}${two(hours)}${two(rest)}`;
}

function zoneName(date: Date): string {
  const parts = new Intl.DateTimeFormat("en-US", { timeZoneName: "short" }).formatToParts(date);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? "";
}

/** `Sun Oct 25 09:25:02 2015`: a time in seconds since 1970 as ctime(3) writes it, without the newline. */
export function asciiTime(seconds: number): string {
  return strftime("%a %b %e %H:%M:%S %Y", seconds * 1000);
}

/** The time of day within a day, then less and less exact: `Mon16`, `02Nov`, `Nov14`. `now` in milliseconds. */
export function prettyTime(seconds: number, now: number): string {
  const moment = Math.min(seconds * 1000, now);
  const [then, today] = [new Date(moment), new Date(now)];
  const age = now - moment;
  if (age < DAY_MS) return strftime("%H:%M", moment);
  const sameYear = then.getFullYear() === today.getFullYear();
  const months = (today.getFullYear() - then.getFullYear()) * 12 + today.getMonth() - then.getMonth();
  if ((sameYear && months === 0) || age < 28 * DAY_MS) return strftime("%a%d", moment);
  if (months < 12) return strftime("%d%b", moment);
  return strftime("%h%y", moment);
}
