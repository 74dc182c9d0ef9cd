// A snapshot taken at any moment is as good as having been there: random streams. Recorded programs are in test/fidelity/.

import { expect, test } from "bun:test";
import { amount } from "../../test/support/amounts.ts";
import { RandomStream } from "../../test/support/random-streams.ts";
import { screenDifferences } from "../../test/support/screen-equality.ts";
import { Screen } from "./screen.ts";

const encoder = new TextEncoder();

interface Size {
  rows: number;
  cols: number;
  scrollback: number;
}

/** Feeds `bytes`, restores a snapshot of that into a fresh screen, and feeds `rest` to both. */
function differences(size: Size, bytes: Uint8Array, rest: Uint8Array): string[] {
  const lived = new Screen(size);
  const restored = new Screen(size);
  lived.write(bytes);
  restored.write(lived.snapshot({ scrollback: size.scrollback, target: "model" }));
  const atOnce = screenDifferences(lived, restored);
  lived.write(rest);
  restored.write(rest);
  const later = screenDifferences(lived, restored);
  lived.dispose();
  restored.dispose();
  return [...atOnce, ...later];
}

test("random styled text cut anywhere, a restored screen is the same", () => {
  for (let seed = 1; seed <= amount(40, 150); seed += 1) {
    const random = new RandomStream(seed);
    const size = { rows: 2 + random.below(10), cols: 4 + random.below(30), scrollback: random.pick([0, 5, 30]) };
    const bytes = encoder.encode(random.styled(200));
    const at = random.below(bytes.length);
    expect(differences(size, bytes.subarray(0, at), bytes.subarray(at)), `seed ${seed}`).toEqual([]);
  }
});

test("random output of every kind cut anywhere, a restored screen is the same", () => {
  for (let seed = 1; seed <= amount(40, 150); seed += 1) {
    const random = new RandomStream(seed);
    const size = { rows: 3 + random.below(10), cols: 4 + random.below(30), scrollback: random.pick([0, 5, 30]) };
    const bytes = encoder.encode(random.anything(200, size.rows, size.cols));
    const at = random.below(bytes.length);
    expect(differences(size, bytes.subarray(0, at), bytes.subarray(at)), `seed ${seed}`).toEqual([]);
  }
});

test("a snapshot of a snapshot, it says the same", () => {
  const random = new RandomStream(7);
  const size = { rows: 10, cols: 40, scrollback: 30 };
  const first = new Screen(size);
  first.write(encoder.encode(random.anything(400, 10, 40)));
  const bytes = first.snapshot({ scrollback: 30, target: "model" });
  const second = new Screen(size);
  second.write(bytes);
  expect(second.snapshot({ scrollback: 30, target: "model" })).toEqual(bytes);
});

test("fewer lines asked for than there are, exactly the last ones come above the screen", () => {
  const size = { rows: 4, cols: 20, scrollback: 50 };
  const screen = new Screen(size);
  for (let line = 0; line < 40; line += 1) screen.write(encoder.encode(`line ${line}\r\n`));
  const restored = new Screen(size);
  restored.write(screen.snapshot({ scrollback: 10, target: "model" }));
  expect(restored.engine._bufferService.buffers.normal.ybase).toBe(10);
});

test("random output between resizes, a restored screen is the same", () => {
  for (let seed = 1; seed <= amount(20, 80); seed += 1) {
    const random = new RandomStream(seed);
    const some = () => ({ rows: 3 + random.below(10), cols: 4 + random.below(30) });
    let size = some();
    const lived = new Screen({ ...size, scrollback: 20, onLineLeft: () => {} });
    for (let turn = 0; turn < 4; turn += 1) {
      lived.write(encoder.encode(random.anything(80, size.rows, size.cols)));
      size = some();
      lived.resize(size.cols, size.rows);
      lived.write(encoder.encode(random.styled(random.below(2) * 20)));
    }
    const restored = new Screen({ ...size, scrollback: 20 });
    restored.write(lived.snapshot({ scrollback: 20, target: "model" }));
    expect(screenDifferences(lived, restored), `seed ${seed}`).toEqual([]);
  }
});
