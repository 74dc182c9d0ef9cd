// Which session a command means. A selector is a name, an id or a unique id prefix, a pane id, `.` (the session
// one is in), or `--workspace PATH --role ROLE`; a trailing `*` means several. BIDE_SESSION_PREFIX goes before
// names, never before ids and panes: the host applies it, because only it can tell an id prefix from a name.

import { BideError } from "../base/errors.ts";
import { isIdShaped } from "../base/ids.ts";
import type { Environment } from "../base/locations.ts";
import type { Selector } from "../protocol/host-messages.ts";
import { isPaneId } from "../protocol/names.ts";
import { callerPath } from "./caller.ts";
import type { CommandContext } from "./command.ts";

type Selecting = Pick<CommandContext, "flags" | "positionals" | "env">;

export interface Selected {
  readonly selector: Selector;
  /** The words after the selector. */
  readonly rest: readonly string[];
}

/** The one session of a command. @throws BideError `usage`, `session_not_found` for `.` outside of a session. */
export function takeSelector(context: Selecting): Selected {
  const selected = byRole(context);
  if (selected !== undefined) return { selector: selected, rest: context.positionals };
  const [text, ...rest] = context.positionals;
  if (text === undefined) throw new BideError("usage", "which session? give SEL, or --workspace with --role");
  return { selector: selectorOf(text, context.env), rest };
}

/** The same for verbs whose SEL is optional. */
export function takeOptionalSelector(context: Selecting): Selector | undefined {
  if (context.positionals.length > 0) return takeSelector(context).selector;
  return byRole(context);
}

/** The sessions of a verb that takes several. */
export function takeSelectors(context: Selecting, words = context.positionals): readonly Selector[] {
  const selected = byRole(context);
  const all = words.map((text) => selectorOf(text, context.env));
  if (selected !== undefined) all.push(selected);
  if (all.length === 0) throw new BideError("usage", "which sessions? give SEL, or --workspace with --role");
  return all;
}

/** The session that the command runs in. @throws BideError `session_not_found` outside of one. */
export function currentSession(env: Environment): Selector {
  if (!env.BIDE_SESSION_ID) {
    throw new BideError("session_not_found", "this is not inside of a session (BIDE_SESSION_ID is not set)", {
      hint: "name the session instead of `.`",
    });
  }
  return { text: env.BIDE_SESSION_ID };
}

export function selectorOf(text: string, env: Environment): Selector {
  if (text === ".") return currentSession(env);
  if (text === "") throw new BideError("usage", "a session's name is never empty");
  if (isPaneId(text) || isIdShaped(text)) return { text };
  return { text, prefix: env.BIDE_SESSION_PREFIX ?? "" };
}

/** Whether the command names exactly one session, so that its JSON says `session` and not `sessions`. */
export function meansOne(selectors: readonly Selector[]): boolean {
  const [only] = selectors;
  return selectors.length === 1 && only !== undefined && !("text" in only && only.text.endsWith("*"));
}

/** How a selector is shown in a message. */
export function describeSelector(selector: Selector): string {
  return "text" in selector ? selector.text : `${selector.workspace} (${selector.role})`;
}

function byRole({ flags }: Selecting): Selector | undefined {
  const workspace = flags.text("workspace");
  const role = flags.text("role");
  if (workspace === undefined && role === undefined) return undefined;
  if (workspace === undefined || role === undefined) {
    throw new BideError("usage", "--workspace and --role select a session only together");
  }
  return { workspace: callerPath(workspace), role };
}
