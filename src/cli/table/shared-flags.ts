// Flags that several verbs share, so that they are spelled and explained the same everywhere.

import { STATUS_THEMES } from "../../protocol/session-state.ts";
import type { FlagSpec, PositionalSpec } from "../command.ts";

/** Flags of every verb. */
export const GLOBAL_FLAGS: readonly FlagSpec[] = [{ name: "help", short: "h", help: "show this help" }];

export const JSON_FLAG: FlagSpec = { name: "json", help: "print JSON; errors as one line of JSON on standard error" };

/** The other way to name a session: what it is for. */
export const BY_ROLE: readonly FlagSpec[] = [
  { name: "workspace", value: "PATH", completes: "directory", help: "instead of SEL, with --role: the workspace" },
  { name: "role", value: "ROLE", help: "instead of SEL, with --workspace: the role" },
];

export const SEL: PositionalSpec = { name: "SEL", completes: "any" };
export const LIVE_SEL: PositionalSpec = { name: "SEL", completes: "live" };

export const PROGRAM_FLAGS: readonly FlagSpec[] = [
  { name: "role", value: "ROLE", help: "shell, agent, worker, generic, millrace-daemon or any word (default: shell)" },
  { name: "workspace", value: "PATH", completes: "directory", help: "the project that the session belongs to" },
  {
    name: "cwd",
    short: "c",
    value: "PATH",
    completes: "directory",
    help: "directory of the program (default: this one)",
  },
  { name: "env", short: "e", value: "K=V", repeatable: true, help: "set a variable for the program" },
  { name: "label", short: "l", value: "K=V", repeatable: true, help: "put a label on the session" },
  { name: "size", value: "COLSxROWS", help: "size of the terminal (default: this one's, else 120x40)" },
  {
    name: "monitor",
    value: "KIND",
    choices: ["none", "auto", "basic", "raw", "jsonl"],
    help: "how an agent's state is observed (default: none)",
  },
  { name: "tmux", help: "put the tmux shim first on PATH: the program finds bide when it calls tmux" },
  { name: "no-shell-integration", help: "do not mark prompts and commands in a bash, zsh or fish" },
  { name: "detached-child", help: "inside a session: start an independent session, not a child" },
];

export const THEME_FLAG: FlagSpec = {
  name: "status-theme",
  value: "THEME",
  choices: STATUS_THEMES,
  help: "colour of the status row",
};

export const ATTACH_FLAGS: readonly FlagSpec[] = [
  { name: "read-only", short: "r", help: "watch: never type, never resize" },
  {
    name: "replay",
    value: "WHAT",
    choices: ["screen", "full", "raw", "none"],
    help: "what is drawn first (default: full: scrollback, then the screen)",
  },
  { name: "no-scrollback", help: "draw the screen alone, as --replay screen" },
  { name: "raw", help: "bytes only: no detach key, no status row" },
  { name: "take", help: "take input and size from their owner" },
  { name: "status", help: "show the status row" },
  { name: "no-status", help: "do not show the status row" },
  THEME_FLAG,
  { name: "detach-key", value: "KEY", help: "ctrl-\\ (default), ctrl-], 'ctrl-b d' (prefix and key) or none" },
];

/** The verbs that end like the program do. */
export const PROGRAM_EXIT: readonly (readonly [string, string])[] = [
  ["N", "the program ended with code N while attached; 128+N: signal N ended it"],
  ["0", "detached"],
  ["69", "the worker died"],
];
