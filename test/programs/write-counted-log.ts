// Appends argv[3] bytes to the output log in argv[2] in uneven pieces, in segments of argv[4] bytes.
// The byte at offset n is n modulo 251, so that a reader can check every byte by itself.
import { openOutputLog } from "../../src/store/output-log.ts";

const [directory = "", total = "0", segment = "0"] = process.argv.slice(2);
const opened = openOutputLog({ directory, segmentBytes: Number(segment) });
if (!opened.ok) throw new Error(opened.message);
const log = opened.value;
for (let piece = 1; log.offset < Number(total); piece = (piece * 7) % 9973) {
  const from = log.offset;
  log.append(Uint8Array.from({ length: Math.min(piece, Number(total) - from) }, (_, at) => (from + at) % 251));
  if (piece % 3 === 0) log.flush();
}
log.dispose();
