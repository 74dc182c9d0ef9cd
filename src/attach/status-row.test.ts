import { expect, test } from "bun:test";
import { screenState } from "../terminal/read-out.ts";
import { Screen } from "../terminal/screen.ts";
import { isStatusTheme, renderStatusRow, type StatusFacts, type StatusTheme } from "./status-row.ts";

const FACTS: StatusFacts = { name: "demo", state: "running", clients: 1, part: "owner", detachKey: "ctrl-\\" };

/** The text and the first run of a row drawn on the last line of a screen, and the line above it. */
function draw(facts: StatusFacts, theme: StatusTheme, cols: number) {
  const screen = new Screen({ rows: 2, cols });
  screen.write(Buffer.from(`top\x1b[2;1H${renderStatusRow(facts, theme, cols)}`));
  const [above, row] = screenState(screen).lines;
  screen.dispose();
  return { above: above?.text, text: row?.text, run: row?.runs[0] };
}

test("room for everything, the row names session, state, clients, part and the way out", () => {
  expect(draw(FACTS, "blue", 60).text).toMatch(/^ demo {2}running {2}1 client {2}owner +ctrl-\\ detaches$/);
  expect(draw({ ...FACTS, clients: 3, detachKey: "none" }, "blue", 60).text).toBe(" demo  running  3 clients  owner");
});

test("every theme, the whole row has its colours", () => {
  for (const theme of ["blue", "green", "magenta", "cyan", "amber", "red", "gray", "plain"] as const) {
    expect(isStatusTheme(theme)).toBe(true);
    const { run } = draw(FACTS, theme, 50);
    expect(run).toMatchObject({ col: 0, cells: 50 });
  }
  expect(isStatusTheme("toString")).toBe(false);
  expect(isStatusTheme(null)).toBe(false);
});

test("a row too narrow for everything, it is cut to the terminal's width and stays one row", () => {
  for (const cols of [2, 3, 10, 33, 48, 49, 80]) {
    const { above, text } = draw({ ...FACTS, name: "\u4f60\u597d\u202e" }, "amber", cols);
    expect(above).toBe("top".slice(0, cols));
    expect(text).not.toContain("\u202e");
  }
});
