import { expect, test } from "bun:test";
import { QueryFilter } from "./query-filter.ts";
import { ReplyFilter } from "./reply-filter.ts";
import { SequenceRewriter } from "./sequence-rewriter.ts";

/** All bytes that a filter gives for a stream cut into pieces of this length. */
function run(filter: { push(bytes: Uint8Array): Uint8Array; end?(): Uint8Array }, stream: Uint8Array, step: number) {
  const out: Uint8Array[] = [];
  for (let at = 0; at < stream.length; at += step) out.push(filter.push(stream.subarray(at, at + step)).slice());
  if (filter.end) out.push(filter.end());
  return Buffer.concat(out);
}

test("random bytes and nothing to rewrite, in any chunking everything passes unchanged", () => {
  const bytes = [
    0x1b, 0x5b, 0x5d, 0x50, 0x5c, 0x07, 0x18, 0x0e, 0xc2, 0x9b, 0x9c, 0x3b, 0x31, 0x6d, 0x41, 0xe4, 0x0a, 0x3f,
  ];
  let seed = 3;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  for (let round = 0; round < 300; round += 1) {
    const stream = Uint8Array.from({ length: 120 }, () => bytes[random(bytes.length)] as number);
    for (const holdStrings of [true, false]) {
      const rewriter = new SequenceRewriter({ rewrite: () => undefined, holdStrings });
      expect(run(rewriter, stream, 1 + random(20)).equals(stream)).toBe(true);
    }
  }
});

test("one sequence to rewrite, it is replaced wherever it is cut and its neighbours pass", () => {
  const stream = Buffer.from("a\x1b[31mb\x1b[2Jc\x1b]2;x\x07\x1b[2\x1b[2Jd");
  for (let step = 1; step <= stream.length; step += 1) {
    const rewriter = new SequenceRewriter({
      rewrite: (parser) => (parser.event === "csi" && parser.final === 0x4a ? "<clear>" : undefined),
      holdStrings: false,
    });
    expect(run(rewriter, stream, step).toString()).toBe("a\x1b[31mb<clear>c\x1b]2;x\x07\x1b[2<clear>d");
  }
});

test("a string longer than what is held, it passes whole", () => {
  const stream = Buffer.from(`\x1b]52;c;${"A".repeat(20_000)}\x07end`);
  for (const step of [stream.length, 1000, 7]) expect(run(new QueryFilter(), stream, step).equals(stream)).toBe(true);
});

test("questions in a raw replay, they are taken out and settings stay", () => {
  const questions = [
    ..."\x1b[c|\x1b[>c|\x1b[=c|\x1b[5n|\x1b[6n|\x1b[?6n|\x1b[?996n|\x1b[?2004$p|\x1b[4$p|\x1b[>q|\x1b[?u|\x1b[14t|\x1b[18t".split(
      "|",
    ),
    ..."\x1b]4;1;?\x07|\x1b]10;?\x07|\x1b]52;c;?\x07|\x1bP+q544e|\x1bP$qm|\x1b_Gi=1,a=q;AAAA|\x1bZ".split("|"),
  ];
  for (const question of questions) {
    const left = run(new QueryFilter(), Buffer.from(`<${question}\x1b\\>`), 3)
      .toString()
      .replaceAll("\x1b\\", "");
    expect(left).toBe("<>");
  }
  const settings =
    "\x1b[?2004h\x1b[22;0t\x1b[5 q\x1b]4;1;#fff\x07\x1b]52;c;QQ==\x07\x1b[>1u\x1b[4;2H\x1bP0;1|17/17\x1b\\\x1b_Ga=T;AAAA\x1b\\";
  expect(run(new QueryFilter(), Buffer.from(settings), 5).toString()).toBe(settings);
});

test("answers of the terminal during a replay, they are dropped and keys pass", () => {
  const answers =
    "\x1b[?62;22c|\x1b[>1;10;0c|\x1b[0n|\x1b[12;5R|\x1b[?2004;1$y|\x1b[?1u|\x1b[8;24;80t|\x1b]11;rgb:0/0/0\x07|\x1bP1$r0m\x1b\\|\x1b_Gi=1;OK\x1b\\".split(
      "|",
    );
  const keys = "ls\r|\x1b[A|\x1bOP|\x1bx|\x1b[97;5u|\x1b[3~|\x1b[200~p\x1b[201~|\x1b[<0;1;1M|\x03|\x1b[R".split("|");
  const stream = answers.map((answer, index) => answer + (keys[index] ?? "")).join("");
  for (let step = 1; step < 40; step += 1) {
    expect(run(new ReplyFilter(), Buffer.from(stream), step).toString()).toBe(keys.join(""));
  }
  expect(run(new ReplyFilter(), Buffer.from("x\x1b"), 1).toString()).toBe("x\x1b");
});
