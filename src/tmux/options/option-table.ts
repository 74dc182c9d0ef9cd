// The table of all options and hooks, and finding one by its name or the beginning of it. Used by the store, by
// set-option, show-options and docs/tmux.md.

import { type Parsed, parsed, parseFailure } from "../argv/parsed.ts";
import { hook, type OptionEntry, optionsOf } from "./option-entry.ts";
import { SERVER_OPTIONS, SESSION_OPTIONS } from "./table-server-session.ts";
import { PANE_OPTIONS, WINDOW_OPTIONS } from "./table-window.ts";

/** Commands that have a hook of their own, run after them. */
const AFTER = [
  "bind-key capture-pane copy-mode display-message display-panes kill-pane list-buffers list-clients list-keys",
  "list-panes list-sessions list-windows load-buffer lock-server new-session new-window paste-buffer pipe-pane queue",
  "refresh-client rename-session rename-window resize-pane resize-window save-buffer select-layout select-pane",
  "select-window send-keys set-buffer set-environment set-hook set-option show-environment show-messages show-options",
  "split-window unbind-key",
]
  .join(" ")
  .split(" ");

const SESSION_HOOKS = [
  ...AFTER.map((name) => `after-${name}`),
  ..."alert-activity alert-bell alert-silence client-active client-attached client-detached client-focus-in".split(" "),
  ..."client-focus-out client-resized client-session-changed command-error session-closed session-created".split(" "),
  ..."session-renamed session-window-changed window-linked window-unlinked".split(" "),
];

const PANE_HOOKS =
  "pane-died pane-exited pane-focus-in pane-focus-out pane-mode-changed pane-set-clipboard pane-title-changed";

const WINDOW_HOOKS = "window-layout-changed window-pane-changed window-renamed window-resized";

function hooks(names: readonly string[]) {
  return Object.fromEntries(names.map((name) => [name, hook()]));
}

/** Rows that tmux's own table has elsewhere than the alphabet would: what they are sorted by. */
const SORTED_AS = new Map([
  ["cursor-colour", "a"],
  ["cursor-style", "aa"],
  ["copy-mode-match-style", "copy-mode-a"],
  ["popup-style", "popup-a"],
  ["popup-border-style", "popup-b"],
  ["window-style", "window-size~"],
]);

function sorted(entries: readonly OptionEntry[]): OptionEntry[] {
  const rank = (entry: OptionEntry) => SORTED_AS.get(entry.name) ?? entry.name;
  return entries.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** Server, session and window options, then the hooks; each part in the alphabet's order. */
export const OPTIONS: readonly OptionEntry[] = [
  ...SERVER_OPTIONS,
  ...SESSION_OPTIONS,
  ...sorted([...WINDOW_OPTIONS, ...PANE_OPTIONS]),
  ...optionsOf("session", hooks(SESSION_HOOKS)),
  ...optionsOf("pane", hooks(PANE_HOOKS.split(" "))),
  ...optionsOf("window", hooks(WINDOW_HOOKS.split(" "))),
];

const LARGEST_INDEX = 2_147_483_647;

const BY_NAME = new Map(OPTIONS.map((entry) => [entry.name, entry]));

/** The option that is called exactly so. */
export function optionEntry(name: string): OptionEntry | undefined {
  return BY_NAME.get(name);
}

export interface FoundOption {
  /** Whole, without an index. */
  readonly name: string;
  /** Undefined for `@user` options. */
  readonly entry: OptionEntry | undefined;
  /** Of `name[3]`. */
  readonly index: number | undefined;
}

/**
 * The option of `name`, `name[3]` or the beginning of one name only. Fails with `invalid option: x` and
 * `ambiguous option: x`, as tmux also says of an index that is no number or does not fit into 31 bits (oh-my-codex
 * makes the indexes of its hooks from a hash and uses all 31).
 */
export function findOption(text: string): Parsed<FoundOption> {
  const bracket = text.indexOf("[");
  const name = bracket < 0 ? text : text.slice(0, bracket);
  const indexed = /^\[(\d{1,10})\]$/.exec(bracket < 0 ? "" : text.slice(bracket));
  if (bracket >= 0 && (indexed === null || Number(indexed[1]) > LARGEST_INDEX))
    return parseFailure(`ambiguous option: ${text}`);
  const index = indexed === null ? undefined : Number(indexed[1]);
  if (name.startsWith("@")) return parsed({ name, entry: undefined, index });
  const exact = BY_NAME.get(name);
  const begun = exact === undefined ? OPTIONS.filter((entry) => entry.name.startsWith(name)) : [exact];
  const [entry] = begun;
  if (entry === undefined) return parseFailure(`invalid option: ${text}`);
  if (begun.length > 1) return parseFailure(`ambiguous option: ${text}`);
  return parsed({ name: entry.name, entry, index });
}
