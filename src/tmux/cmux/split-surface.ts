// A pane of the tmux face shown as a split of the cmux terminal: cmux makes the split, the session is started, and the
// split's shell is told to attach to it. Rule: either both are there at the end or neither; a session that nobody sees and
// a split that shows nothing are both taken back.

import { fail, type Result } from "../../base/result.ts";
import { parseJson } from "../../protocol/frames.ts";
import { callerSurface, reference, type Surface, surfaceFlags } from "./cmux-context.ts";
import { type CmuxCaller, findCmux, runCmux } from "./run-cmux.ts";

export type SplitDirection = "left" | "right" | "up" | "down";

export interface SplitRequest<T> {
  readonly caller: CmuxCaller;
  readonly direction: SplitDirection;
  /** Starts the session; called once the split is there. */
  readonly start: () => Promise<Result<T>>;
  /** The line that the split's shell is given: it must attach to what was started. */
  readonly attachLine: (started: T) => string;
  /** Ends what was started. */
  readonly undo: (started: T) => Promise<void>;
}

/** The started session, seen in a split of its own; `failed` and nothing left behind when any step fails. */
export async function splitSurface<T>(request: SplitRequest<T>): Promise<Result<T>> {
  const { caller, direction, start, attachLine, undo } = request;
  if (findCmux(caller) === undefined) {
    return fail("failed", "inside cmux, but there is no cmux on PATH: refusing to start a hidden session", {
      hint: "put cmux on PATH, or give -d",
    });
  }
  // The surface that has the focus now: the caller's own may have been closed or moved since it was started.
  const source = (await focusedSurface(caller)) ?? callerSurface(caller.env);
  const made = await runCmux(caller, ["new-split", direction, ...surfaceFlags(source), "--focus", "true"]);
  if (!made.ok) return made;
  const split = splitOf(made.value) ?? (await focusedSurface(caller));
  if (split?.surface === undefined || split.surface === source.surface) {
    return fail("failed", "cmux did not say which split it made");
  }
  const surface = split.surface;
  const started = await start();
  if (!started.ok) return takenBack(started);
  const sent = await runCmux(caller, ["send", "--surface", surface, `${attachLine(started.value)}\n`]);
  if (sent.ok) return started;
  await undo(started.value);
  return takenBack(sent);

  async function takenBack<F>(failure: F): Promise<F> {
    await runCmux(caller, ["close-surface", "--surface", surface]);
    return failure;
  }
}

/** `OK surface:3 workspace:1 window:1` on the last line that says anything. */
function splitOf(output: string): Surface | undefined {
  const words = output.trim().split("\n").at(-1)?.trim().split(/\s+/) ?? [];
  if (words[0] !== "OK") return undefined;
  const word = (kind: string) => reference(words.find((one) => one.startsWith(`${kind}:`)));
  const surface = word("surface");
  return surface === undefined ? undefined : { surface, workspace: word("workspace"), window: word("window") };
}

/** What `cmux identify --json` says has the focus. */
async function focusedSurface(caller: CmuxCaller): Promise<Surface | undefined> {
  const asked = await runCmux(caller, ["identify", "--json"]);
  if (!asked.ok) return undefined;
  const json = parseJson(asked.value);
  const focused = json.ok ? property(json.value, "focused") : undefined;
  const surface = reference(property(focused, "surface_ref") ?? property(focused, "surface_id"));
  if (surface === undefined) return undefined;
  return {
    surface,
    workspace: reference(property(focused, "workspace_ref") ?? property(focused, "workspace_id")),
    window: reference(property(focused, "window_ref") ?? property(focused, "window_id")),
  };
}

function property(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
