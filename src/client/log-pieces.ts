// The bytes of a log from one offset to another, piece by piece; with `follow` to the very last byte that the
// program prints.

import { FOLLOW_WAIT_MS, type LogPiece, type RecordedSession } from "./recorded-session.ts";

const PIECE_BYTES = 256 * 1024;

export interface LogRange {
  readonly from: number;
  /** One past the last byte; undefined: to the end. */
  readonly to?: number;
  readonly follow?: boolean;
}

/**
 * Bytes and the offset of the first; where older bytes are gone the offset jumps. When the last ones of the log are gone, a
 * piece without bytes comes at its end.
 */
export type Piece = Pick<LogPiece, "offset" | "bytes">;

export async function* logPieces(recorded: RecordedSession, range: LogRange): AsyncGenerator<Piece> {
  const { to = Number.POSITIVE_INFINITY, follow = false } = range;
  let at = range.from;
  let given = at;
  while (at < to) {
    const piece = await recorded.readLog(at, Math.min(PIECE_BYTES, to - at), follow ? FOLLOW_WAIT_MS : 0);
    const bytes = piece.bytes.subarray(0, Math.max(0, to - piece.offset));
    if (bytes.length > 0) {
      yield { offset: piece.offset, bytes };
      given = piece.offset + bytes.length;
    }
    const stuck = piece.next <= at;
    at = Math.max(at, piece.next);
    if (at >= piece.end && (piece.ended || !follow)) {
      const end = Math.min(at, to);
      if (given < end) yield { offset: end, bytes: new Uint8Array(0) };
      return;
    }
    // Bytes that were never stored (a full disk) cannot be waited for.
    if (stuck && !follow) return;
  }
}
