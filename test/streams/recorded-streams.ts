// The recordings of this folder as the property tests use them: what real programs printed, byte for byte, and the
// sizes that their terminal had meanwhile. Made by scripts/record-stream.ts.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What NAME.json beside NAME.bin holds; a stream without it was recorded at 80x24 throughout. */
export interface RecordedSizes {
  readonly rows: number;
  readonly cols: number;
  /** `offset`: how much had been printed when the size changed. In order. */
  readonly resizes: readonly { readonly offset: number; readonly rows: number; readonly cols: number }[];
}

export interface RecordedStream extends RecordedSizes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a stream is played into: a Screen or a LiveScreen. */
export interface Player {
  print(bytes: Uint8Array): void;
  resize(rows: number, cols: number): void;
}

export function recordedStreams(): RecordedStream[] {
  return readdirSync(import.meta.dir)
    .filter((file) => file.endsWith(".bin"))
    .sort()
    .map((file) => {
      const name = file.slice(0, -".bin".length);
      const sizes = join(import.meta.dir, `${name}.json`);
      const { rows, cols, resizes }: RecordedSizes = existsSync(sizes)
        ? JSON.parse(readFileSync(sizes, "utf8"))
        : { rows: 24, cols: 80, resizes: [] };
      const bytes = new Uint8Array(readFileSync(join(import.meta.dir, file)));
      return { name, rows, cols, resizes, bytes };
    });
}

/**
 * Plays the part of a stream from offset `from` to `to`: its bytes in pieces of `next()` bytes, and every change of size
 * at its place. A change at `from` itself belongs to this part, one at `to` to the next.
 */
export function playStream(
  stream: RecordedStream,
  into: Player,
  { from = 0, to = stream.bytes.length, next = () => to }: { from?: number; to?: number; next?: () => number } = {},
): void {
  let at = from;
  const resizes = stream.resizes.filter(({ offset }) => offset >= from && (offset < to || to === stream.bytes.length));
  for (const stop of [...resizes, undefined]) {
    const end = stop === undefined ? to : stop.offset;
    while (at < end) {
      const piece = Math.min(end, at + next());
      into.print(stream.bytes.subarray(at, piece));
      at = piece;
    }
    if (stop !== undefined) into.resize(stop.rows, stop.cols);
  }
}
