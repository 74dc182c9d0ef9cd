// One record of the event journal as a line of JSON with a checksum as its last key, and back.
// Called by the journal's writer and readers. The rule (faults D2): a line counts only if it ends in a line
// feed and its checksum fits; a cut or flipped byte can hide a record but never change or invent one.

import { fail, ok, type Result } from "../base/result.ts";

/** `seq` counts the stored records of one journal from 1, without holes, also over a restart. */
export type JournalRecord = { readonly seq: number } & Readonly<Record<string, unknown>>;

// An event is a few hundred bytes; the cap bounds what a reader holds of a damaged file.
export const LONGEST_RECORD = 1024 * 1024;

/** So much without one good record is no crash's bad end but a damaged file; reading it all would take minutes. */
export const MOST_DAMAGE = 64 * 1024 * 1024;

/** @throws Error when so many bytes without a record were read that nobody should go on; for `fileFailure`. */
export function checkDamage(bytes: number): false {
  if (bytes > MOST_DAMAGE) {
    throw new Error(
      `${MOST_DAMAGE / 1024 ** 2} MiB of it hold no event: it is damaged, and kept aside when next written`,
    );
  }
  return false;
}

const CRC_START = ',"crc":"';
// The start, 8 hex digits, and the end `"}`.
const SUFFIX_LENGTH = CRC_START.length + 8 + 2;

/** The line with its line feed. `seq` wins over a key of that name in the event. Fails with bad_value if too long. */
export function encodeRecord(seq: number, event: object): Result<Uint8Array> {
  const body = JSON.stringify({ seq, ...withoutSeq(event) }).slice(0, -1);
  const bytes = new TextEncoder().encode(body);
  const suffix = `${CRC_START}${checksumOf(bytes)}"}\n`;
  const line = new Uint8Array(bytes.length + suffix.length);
  if (line.length > LONGEST_RECORD) {
    return fail("bad_value", `an event may have ${LONGEST_RECORD} bytes, and this one has ${line.length}`);
  }
  line.set(bytes);
  new TextEncoder().encodeInto(suffix, line.subarray(bytes.length));
  return ok(line);
}

/** The record of a line without its line feed, or undefined when it is not exactly what was written. */
export function decodeRecord(line: Uint8Array): JournalRecord | undefined {
  if (line.length <= SUFFIX_LENGTH) return undefined;
  const body = line.subarray(0, line.length - SUFFIX_LENGTH);
  const suffix = new TextDecoder().decode(line.subarray(line.length - SUFFIX_LENGTH));
  if (suffix !== `${CRC_START}${checksumOf(body)}"}`) return undefined;
  try {
    const record: unknown = JSON.parse(`${new TextDecoder().decode(body)}}`);
    return isRecord(record) ? record : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is JournalRecord {
  const seq = (value as { seq?: unknown } | null)?.seq;
  return Number.isSafeInteger(seq) && (seq as number) > 0;
}

function withoutSeq(event: object): object {
  const { seq: _, ...rest } = event as { seq?: unknown };
  return rest;
}

/** CRC-32, which finds every single flipped bit and every burst up to 32 bits. */
function checksumOf(bytes: Uint8Array): string {
  return Bun.hash.crc32(bytes).toString(16).padStart(8, "0");
}
