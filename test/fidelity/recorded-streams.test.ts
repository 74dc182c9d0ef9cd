// The three properties of issue 3 over every recording of test/streams, with the changes of size at their places: (a)
// cut anywhere, a restored screen is equal then and after the rest; (b) any chunking gives the same screen and the same
// sanitized lines; (c) what `logs --raw` has, played into a fresh model, is what the live one shows.

import { expect, test } from "bun:test";
import { LiveScreen } from "../../src/terminal/live-screen.ts";
import { historyText, screenState } from "../../src/terminal/read-out.ts";
import { LineSanitizer } from "../../src/terminal/sanitize.ts";
import { Screen } from "../../src/terminal/screen.ts";
import { playStream, type RecordedStream, recordedStreams } from "../streams/recorded-streams.ts";
import { amount } from "../support/amounts.ts";
import { RandomStream } from "../support/random-streams.ts";
import { describe, descriptionDifferences, screenDifferences } from "../support/screen-equality.ts";

const SCROLLBACK = 200;
const decoder = new TextDecoder();

const streams = recordedStreams();

function play(stream: RecordedStream, screen: Screen, part: Parameters<typeof playStream>[2] = {}): void {
  playStream(
    stream,
    { print: (bytes) => screen.write(bytes), resize: (rows, cols) => screen.resize(cols, rows) },
    part,
  );
}

function opened({ rows, cols }: { rows: number; cols: number }): Screen {
  return new Screen({ rows, cols, scrollback: SCROLLBACK });
}

test("the recordings, there are ten programs and nothing is empty", () => {
  const names = streams.map(({ name }) => name);
  for (const name of "vim less htop mc nano emacs tmux git-log fish python3".split(" ")) expect(names).toContain(name);
  for (const { bytes, name } of streams) expect([name, bytes.length > 1000]).toEqual([name, true]);
});

for (const stream of streams) {
  const { name, bytes } = stream;

  test(`${name} cut anywhere, a restored screen is the same then and at the end`, () => {
    const random = new RandomStream(bytes.length);
    const around = stream.resizes.flatMap(({ offset }) => [offset, offset + 1]).filter((at) => at <= bytes.length);
    const cuts = [...around, ...Array.from({ length: amount(4, 12) }, () => random.below(bytes.length))].sort(
      (a, b) => a - b,
    );
    // One lives through it all; at each cut another is restored, which goes on by itself.
    const lived = opened(stream);
    const later: Map<string, string>[] = [];
    for (const [index, at] of cuts.entries()) {
      play(stream, lived, { from: cuts[index - 1] ?? 0, to: at });
      const restored = opened(lived);
      restored.write(lived.snapshot({ scrollback: SCROLLBACK, target: "model" }));
      expect(screenDifferences(lived, restored), `at once, cut at ${at}`).toEqual([]);
      play(stream, restored, { from: at });
      later.push(describe(restored));
      restored.dispose();
    }
    play(stream, lived, { from: cuts.at(-1) ?? 0 });
    const meant = describe(lived);
    for (const [index, shown] of later.entries()) {
      expect(descriptionDifferences(meant, shown), `at the end, cut at ${cuts[index]}`).toEqual([]);
    }
    lived.dispose();
  });

  test(`${name} in pieces of any size, the same screen and the same lines`, () => {
    const random = new RandomStream(bytes.length + 1);
    const whole = opened(stream);
    play(stream, whole);
    const lines = sanitized(stream, () => bytes.length);
    const sizes = [() => 1 + random.below(7), () => 1 + random.below(5000), () => 1];
    for (const next of sizes.slice(0, amount(2, 3))) {
      const pieces = opened(stream);
      play(stream, pieces, { next });
      expect(screenDifferences(whole, pieces)).toEqual([]);
      expect(sanitized(stream, next)).toEqual(lines);
      pieces.dispose();
    }
    whole.dispose();
  });

  test(`${name} played from its log into a fresh model, what the live one shows`, () => {
    const random = new RandomStream(bytes.length + 2);
    const { rows, cols } = stream;
    const live = new LiveScreen({ rows, cols, offset: 0, onQuery: () => {}, onTitle: () => {} });
    const into = {
      print: (output: Uint8Array) => live.output(output),
      resize: (rows: number, cols: number) => live.resize(rows, cols),
    };
    playStream(stream, into, { next: () => 1 + random.below(3000) });
    const fresh = new Screen({ rows, cols, scrollback: 5000 });
    play(stream, fresh);
    expect(live.state()).toEqual(screenState(fresh));
    expect(decoder.decode(live.history("text", undefined))).toBe(historyText(fresh));
    const attached = new Screen({ rows: fresh.rows, cols: fresh.cols });
    attached.write(live.replay("full", SCROLLBACK, () => bytes));
    const { lines, cursor } = screenState(fresh);
    expect(screenState(attached)).toMatchObject({ lines, cursor });
    for (const screen of [fresh, attached]) screen.dispose();
  });
}

function sanitized({ bytes }: RecordedStream, next: () => number): object[] {
  const sanitizer = new LineSanitizer();
  const lines: object[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = next();
    lines.push(...sanitizer.write(bytes.subarray(at, at + length)));
    at += length;
  }
  return [...lines, ...sanitizer.end()];
}
