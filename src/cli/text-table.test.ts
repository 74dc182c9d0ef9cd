import { expect, test } from "bun:test";
import { type Column, tableLines } from "./text-table.ts";

const COLUMNS: Column<readonly [string, number]>[] = [
  { title: "NAME", cell: ([name]) => name },
  { title: "N", cell: ([, count]) => String(count), alignRight: true },
  { title: "END", cell: () => "x" },
];
const plain = { style: (_name: unknown, text: string) => text };

test("wide characters and numbers, columns aligned by cells", () => {
  expect(
    tableLines(
      COLUMNS,
      [
        ["漢字", 1],
        ["ab", 100],
      ],
      plain,
    ),
  ).toEqual(["NAME    N  END", "漢字    1  x", "ab    100  x"]);
});

test("control and direction characters in a cell, made visible", () => {
  const [, row] = tableLines(COLUMNS, [["a\x1b[2J\u202eb\n", 1]], plain);
  expect(row).toBe("a\\x1b[2J\\u202eb\\n  1  x");
});

test("a narrow terminal, lines cut to its width", () => {
  for (const line of tableLines(COLUMNS, [["a-long-name", 12345]], { ...plain, width: 14 })) {
    expect(line.length).toBeLessThanOrEqual(14);
  }
});
