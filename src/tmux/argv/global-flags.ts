// The flags before the verb: `tmux -u -L NAME -f FILE ...`, as getopt reads them. Called by the shim's client side.

export interface GlobalFlags {
  /** -L: the name of a namespace. */
  readonly socketName: string | undefined;
  /** -S: the path of a socket; wins over -L. */
  readonly socketPath: string | undefined;
  /** -f, each as given: files to read when a server is started. */
  readonly configFiles: readonly string[];
  /** -C once: control mode; twice: with echo off and DCS around it. */
  readonly control: 0 | 1 | 2;
  /** -c: a command for the default shell, instead of a verb. */
  readonly shellCommand: string | undefined;
  /** -N: do not start a server. */
  readonly noStart: boolean;
  /** -T and -2, -u, -v: kept for the client's row in list-clients. */
  readonly features: readonly string[];
  readonly utf8: boolean;
  readonly verbose: number;
}

export type GlobalCommandLine =
  /** The verb and what follows it; empty: new-session. */
  | { readonly kind: "run"; readonly flags: GlobalFlags; readonly rest: readonly string[] }
  | { readonly kind: "version" }
  /** Wrong flags: standard error, exit code 1. */
  | { readonly kind: "usage"; readonly text: string };

const USAGE =
  "usage: tmux [-2CDlNuvV] [-c shell-command] [-f file] [-L socket-name]\n" +
  "            [-S socket-path] [-T features] [command [flags]]\n";

const FLAGS = "2c:CDdf:lL:NqS:T:uUvV";

/** The command line of `tmux` without its own name. Values may be glued (`-LNAME`), the last -L and -S win. */
export function parseGlobalFlags(argv: readonly string[]): GlobalCommandLine {
  const found = new Map<string, string[]>();
  let next = 0;
  for (;;) {
    const word = argv[next];
    if (word === undefined || !word.startsWith("-") || word === "-") break;
    next++;
    if (word === "--") break;
    for (let at = 1; at < word.length; at++) {
      const flag = word.charAt(at);
      const place = FLAGS.indexOf(flag);
      if (place < 0 || flag === ":") return { kind: "usage", text: `tmux: unknown option -- ${flag}\n${USAGE}` };
      if (flag === "V") return { kind: "version" };
      let value = "";
      if (FLAGS.charAt(place + 1) === ":") {
        const taken = word.slice(at + 1) || argv[next++];
        if (taken === undefined) {
          return { kind: "usage", text: `tmux: option requires an argument -- ${flag}\n${USAGE}` };
        }
        value = taken;
        at = word.length;
      }
      found.set(flag, [...(found.get(flag) ?? []), value]);
    }
  }
  const rest = argv.slice(next);
  const shellCommand = found.get("c")?.at(-1);
  if (shellCommand !== undefined && rest.length > 0) return { kind: "usage", text: USAGE };
  return { kind: "run", flags: flagsOf(found, shellCommand), rest };
}

function flagsOf(found: ReadonlyMap<string, readonly string[]>, shellCommand: string | undefined): GlobalFlags {
  const controls = found.get("C")?.length ?? 0;
  return {
    socketName: found.get("L")?.at(-1),
    socketPath: found.get("S")?.at(-1),
    configFiles: found.get("f") ?? [],
    control: controls === 0 ? 0 : controls === 1 ? 1 : 2,
    shellCommand,
    noStart: found.has("N"),
    features: [...(found.get("T") ?? []).flatMap((list) => list.split(",")), ...(found.has("2") ? ["256"] : [])],
    utf8: found.has("u"),
    verbose: found.get("v")?.length ?? 0,
  };
}
