// The one table of commands, in the order of the help. Parsing, help, documents and completions all read it:
// to add a verb, write commands/<verb>.ts, one row in the file of its group, and its names here.
//
// The rows are made when somebody looks at them: all of them are 48 KB, which took 0.8 ms of every command (measured,
// compiled executable). So a verb's name is looked up here first, and only the rows of its group are made.

import type { CommandSpec } from "./command.ts";
import { careRows } from "./table/care.ts";
import { doingRows } from "./table/doing.ts";
import { faceRows } from "./table/faces.ts";
import { inputRows } from "./table/input.ts";
import { lifecycleRows } from "./table/lifecycle.ts";
import { outputRows } from "./table/output.ts";
import { sessionRows } from "./table/sessions.ts";
import { promptingRows, waitingRows } from "./table/waiting.ts";

/** Every spelling of every verb; a test holds them equal to the rows. */
const PARTS: readonly (readonly [names: string, rows: () => readonly CommandSpec[]])[] = [
  [
    "start new open attach-or-new attach a resume detach list ls sessions status inspect rename label theme status-theme resize",
    sessionRows,
  ],
  ["stop kill close delete restart ps processes shutdown", lifecycleRows],
  ["send input print write compose mobile", inputRows],
  ["prompt", promptingRows],
  ["logs capture screen history export tail events", outputRows],
  ["run commands", doingRows],
  ["wait watch report notify", waitingRows],
  [
    "agent claude codex opencode copilot cursor-agent agy jules kiro aider goose amp crush gemini kimi qwen omx omc agents tmux install-shim env init mcp",
    faceRows,
  ],
  ["doctor host daemon completions config version help", careRows],
];

let all: readonly CommandSpec[] | undefined;

export function allCommands(): readonly CommandSpec[] {
  all ??= PARTS.flatMap(([, rows]) => rows());
  return all;
}

/** The rows among which a verb is found by its name, an alias or a shortcut; all rows for a name that no verb has. */
export function commandsWith(name: string): readonly CommandSpec[] {
  const part = PARTS.find(([names]) => names.split(" ").includes(name));
  return part === undefined ? allCommands() : part[1]();
}

/** The names by which `commandsWith` finds rows, part by part, and what the rows say themselves. */
export function indexedNames(): readonly (readonly [names: string, rows: readonly CommandSpec[]])[] {
  return PARTS.map(([names, rows]) => [names, rows()]);
}
