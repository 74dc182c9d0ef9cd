// Proves what a paste sends, and that pasted text cannot break out of its marks.

import { describe, expect, test } from "bun:test";
import { encodePaste } from "./keys.ts";

describe("paste", () => {
  const paste = (text: string | Uint8Array, bracketedPaste: boolean) =>
    new TextDecoder().decode(encodePaste(text, { bracketedPaste }));
  const inside = (text: string) =>
    paste(text, true)
      .replace(/^\x1b\[200~/, "")
      .replace(/\x1b\[201~$/, "");

  test("bracketed, byte for byte between the marks", () => {
    expect(paste("a\nb\r\nc\tü\x1b[31m", true)).toBe("\x1b[200~a\nb\r\nc\tü\x1b[31m\x1b[201~");
    expect(paste("", true)).toBe("\x1b[200~\x1b[201~");
  });

  test("not bracketed, every newline is Enter", () => {
    expect(paste("a\nb\r\nc\rd\n\n", false)).toBe("a\rb\rc\rd\r\r");
  });

  test("bytes that are no UTF-8, unchanged in both", () => {
    const bytes = new Uint8Array([0xff, 0x00, 0x9b, 0x41]);
    expect([...encodePaste(bytes, { bracketedPaste: false })]).toEqual([...bytes]);
    expect([...encodePaste(bytes, { bracketedPaste: true })].slice(6, -6)).toEqual([...bytes]);
    expect([...encodePaste(bytes.subarray(3), { bracketedPaste: false })]).toEqual([0x41]);
  });

  test("an end mark inside in any spelling, its ESC is replaced", () => {
    expect(inside("a\x1b[201~rm\n")).toBe("a\u241b[201~rm\n");
    for (const mark of ["\x1b[201~", "\x1b[0201~", "\x1b[201;1~", "\x1b[2\x0001~", "\x1b\x00[201~", "\u009b201~"]) {
      expect(inside(`a${mark}b`)).toBe(`a${mark.replace(/[\x1b\u009b]/, "\u241b")}b`);
    }
  });

  test("end marks nested so that removing one would make another, none is left", () => {
    for (const text of ["\x1b\x1b[201~[201~", "\x1b[20\x1b[201~1~", "\x1b[201\x1b[201~~", "\x1b[\u009b201~201~"]) {
      expect(inside(text)).not.toMatch(/(\x1b\[|\u009b)[\x00-\x1a]*201~/);
    }
  });

  test("sequences that only resemble an end mark, unchanged", () => {
    for (const text of ["\x1b[200~", "\x1b[2010~", "\x1b[1201~", "\x1b[201", "\x1b[201m", "\x1b[20;1~", "[201~"]) {
      expect(inside(text)).toBe(text);
    }
  });

  test("a megabyte of half end marks, answered without growing by the square", () => {
    for (const half of ["\x1b", "\x1b[", "\x1b[0", "\x1b[201;", "\x00", "\u009b0"]) {
      const text = half.repeat(1_000_000 / half.length);
      expect(encodePaste(text, { bracketedPaste: true }).length).toBe(new TextEncoder().encode(text).length + 12);
    }
    const long = `\x1b[${"\x00".repeat(1_000_000)}`;
    expect(encodePaste(long, { bracketedPaste: true }).length).toBe(1_000_014);
  });
});
