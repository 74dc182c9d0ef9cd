// The agents that bide knows by name. The command line makes a shortcut of each (`bide claude`), `agents` lists them,
// and --agent-config may add others but never change these. Imported by the table of commands: data only.

export interface Profile {
  readonly name: string;
  /** Built in, from a file given with --agent-config, or just a command found on PATH. */
  readonly kind: "built-in" | "configured" | "custom";
  /** The command that is looked for on the caller's PATH. */
  readonly binary: string;
  /** Name of the session; `-2`, `-3`, ... follow when it is taken. */
  readonly sessionBase: string;
  /** Whether an attach shows the status row when neither --status nor --no-status is given. */
  readonly statusDefault: boolean;
}

/**
 * Most agents draw the whole screen themselves and keep their own status line, so the row is off for them; omx and
 * omc run beside a line of their own tools and always had one.
 */
export const BUILT_IN_PROFILES: readonly Profile[] = [
  builtIn("claude"),
  builtIn("codex"),
  builtIn("opencode"),
  builtIn("copilot"),
  builtIn("cursor-agent"),
  builtIn("agy"),
  builtIn("jules"),
  { ...builtIn("kiro"), binary: "kiro-cli" },
  builtIn("aider"),
  builtIn("goose"),
  builtIn("amp"),
  builtIn("crush"),
  builtIn("gemini"),
  builtIn("kimi"),
  builtIn("qwen"),
  { ...builtIn("omx"), statusDefault: true },
  { ...builtIn("omc"), statusDefault: true },
];

function builtIn(name: string): Profile {
  return { name, kind: "built-in", binary: name, sessionBase: name, statusDefault: false };
}
