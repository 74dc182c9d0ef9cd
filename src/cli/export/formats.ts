// The forms that `bide export` can write: one row each. A form is loaded when it is asked for, and gives its file in
// pieces, so that one of any length is never in memory as a whole.

import type { Selector } from "../../protocol/host-messages.ts";
import type { CommandContext } from "../command.ts";

/** The bytes of the file, in order. Nothing is opened or asked before the first piece is. */
export type ExportPieces = (context: CommandContext, selector: Selector) => AsyncIterable<Uint8Array>;

export interface ExportFormat {
  /** Its flag, without the leading `--`. */
  readonly name: string;
  /** What files of this form end in: `-o x.svg` needs no `--svg`. */
  readonly endings: readonly string[];
  load(): Promise<ExportPieces>;
}

export const EXPORT_FORMATS: readonly ExportFormat[] = [
  { name: "cast", endings: [".cast"], load: async () => (await import("./cast-pieces.ts")).castPieces },
  { name: "html", endings: [".html", ".htm"], load: async () => (await history()).htmlPieces },
  { name: "svg", endings: [".svg"], load: async () => (await history()).svgPieces },
  { name: "text", endings: [".txt", ".text", ".log"], load: async () => (await history()).textPieces },
];

function history() {
  return import("./history-pieces.ts");
}
