// A client that only reads: attaches to a session through the library, presses Enter, counts what is live until
// the mark (or, without one, until the program ends) and prints one line of JSON. Run by the throughput and the
// stalled-client figures as a process of its own.

import { connect } from "../../../src/client/index.ts";
import { SIZE } from "../size.ts";

/** Even a loaded machine prints the 500 MB within this. */
const PATIENCE_MS = 180_000;

const [session = "", mark = ""] = process.argv.slice(2);
const wanted = Buffer.from(mark);
const seen = Promise.withResolvers<void>();
const counted = { live: 0, replayed: 0, skipped: 0 };

const bide = await connect({ startHost: false });
const connection = await bide.session(session);
const live = Promise.withResolvers<void>();
let tail = Buffer.alloc(0);
const attachment = await connection.attach(SIZE, {
  onOutput(bytes, phase) {
    if (phase === "live") counted.live += bytes.length;
    else counted.replayed += bytes.length;
    if (wanted.length === 0) return;
    const ends = Buffer.concat([tail, bytes.subarray(0, 64)]);
    if (ends.includes(wanted) || Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(wanted))
      seen.resolve();
    tail = Buffer.from(bytes.subarray(-wanted.length));
  },
  onLive: () => live.resolve(),
  onBehind(skipped) {
    counted.skipped += skipped;
  },
});
// It may be live before `attach` has returned.
await live.promise;
const before = performance.now();
attachment.write(Buffer.from("\r"));
const tooLong = setTimeout(() => process.exit(1), PATIENCE_MS);
await Promise.race([seen.promise, attachment.ended]);
clearTimeout(tooLong);
console.log(JSON.stringify({ ms: performance.now() - before, ...counted }));
connection.close();
bide.close();
process.exit(0);
