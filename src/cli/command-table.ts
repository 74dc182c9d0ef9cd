// The one table of commands, in the order of the help. Parsing, help, documents and completions all read it:
// to add a verb, write commands/<verb>.ts and one row in the file of its group.

import type { CommandSpec } from "./command.ts";
import { CARE } from "./table/care.ts";
import { DOING } from "./table/doing.ts";
import { FACES } from "./table/faces.ts";
import { INPUT } from "./table/input.ts";
import { LIFECYCLE } from "./table/lifecycle.ts";
import { OUTPUT } from "./table/output.ts";
import { SESSIONS } from "./table/sessions.ts";
import { PROMPTING, WAITING } from "./table/waiting.ts";

export const COMMANDS: readonly CommandSpec[] = [
  ...SESSIONS,
  ...LIFECYCLE,
  ...INPUT,
  ...PROMPTING,
  ...OUTPUT,
  ...DOING,
  ...WAITING,
  ...FACES,
  ...CARE,
];
