// The commands that are stored with part of their effect, and those that are accepted without any: names, flags
// and usage as tmux 3.4 has them. Data for command-table.ts; docs/tmux.md says what the effect is.

import { entriesOf } from "./command-entry.ts";

const ANY = Number.POSITIVE_INFINITY;

const CHOOSER = {
  flags: "F:f:K:NO:rt:Z",
  count: [0, 1],
  usage: "[-NrZ] [-F format] [-f filter] [-K key-format] [-O sort-order] [-t target-pane] [template]",
  commands: [0],
} as const;

const JOINER = {
  flags: "bdfhvp:l:s:t:",
  usage: "[-bdfhv] [-l size] [-s src-pane] [-t dst-pane]",
} as const;

const WINDOW_STEP = { flags: "at:", usage: "[-a] [-t target-session]" } as const;

const LAYOUT_STEP = { flags: "t:", usage: "[-t target-window]" } as const;

export const STORED_COMMANDS = entriesOf("stored", {
  "bind-key": {
    alias: "bind",
    flags: "nrN:T:",
    count: [1, ANY],
    usage: "[-nr] [-T key-table] [-N note] key [command [arguments]]",
    commands: { from: 1 },
  },
  "break-pane": {
    alias: "breakp",
    flags: "abdPF:n:s:t:",
    usage: "[-abdP] [-F format] [-n window-name] [-s src-pane] [-t dst-window]",
  },
  "display-popup": {
    alias: "popup",
    flags: "Bb:Cc:d:e:Eh:s:S:t:T:w:x:y:",
    count: [0, ANY],
    usage:
      "[-BCE] [-b border-lines] [-c target-client] [-d start-directory] [-e environment] [-h height] [-s style] " +
      "[-S border-style] [-t target-pane][-T title] [-w width] [-x position] [-y position] [shell-command]",
  },
  "find-window": { alias: "findw", flags: "CiNrt:TZ", count: 1, usage: "[-CiNrTZ] [-t target-pane] match-string" },
  "join-pane": { alias: "joinp", ...JOINER },
  "last-pane": { alias: "lastp", flags: "det:Z", usage: "[-deZ] [-t target-window]" },
  "last-window": { alias: "last", flags: "t:", usage: "[-t target-session]" },
  "link-window": { alias: "linkw", flags: "abdks:t:", usage: "[-abdk] [-s src-window] [-t dst-window]" },
  "list-keys": {
    alias: "lsk",
    flags: "1aNP:T:",
    count: [0, 1],
    usage: "[-1aN] [-P prefix-string] [-T key-table] [key]",
  },
  "move-pane": { alias: "movep", ...JOINER },
  "move-window": { alias: "movew", flags: "abdkrs:t:", usage: "[-abdkr] [-s src-window] [-t dst-window]" },
  "next-layout": { alias: "nextl", ...LAYOUT_STEP },
  "next-window": { alias: "next", ...WINDOW_STEP },
  "previous-layout": { alias: "prevl", ...LAYOUT_STEP },
  "previous-window": { alias: "prev", ...WINDOW_STEP },
  "refresh-client": {
    alias: "refresh",
    flags: "A:B:cC:Df:F:l::LRSt:U",
    count: [0, 1],
    usage: "[-cDlLRSU] [-A pane:state] [-B name:what:format] [-C XxY] [-f flags] [-t target-client] [adjustment]",
  },
  "respawn-window": {
    alias: "respawnw",
    flags: "c:e:kt:",
    count: [0, ANY],
    usage: "[-k] [-c start-directory] [-e environment] [-t target-window] [shell-command]",
  },
  "rotate-window": { alias: "rotatew", flags: "Dt:UZ", usage: "[-DUZ] [-t target-window]" },
  "send-prefix": { flags: "2t:", usage: "[-2] [-t target-pane]" },
  "set-hook": {
    flags: "agpRt:uw",
    count: [1, 2],
    usage: "[-agpRuw] [-t target-pane] hook [command]",
    commands: [1],
  },
  "show-hooks": { flags: "gpt:w", count: [0, 1], usage: "[-gpw] [-t target-pane]" },
  "show-messages": { alias: "showmsgs", flags: "JTt:", usage: "[-JT] [-t target-client]" },
  "show-window-options": {
    alias: "showw",
    flags: "gvt:",
    count: [0, 1],
    usage: "[-gv] [-t target-window] [option]",
  },
  "source-file": {
    alias: "source",
    flags: "t:Fnqv",
    count: [1, ANY],
    usage: "[-Fnqv] [-t target-pane] path ...",
  },
  "swap-pane": { alias: "swapp", flags: "dDs:t:UZ", usage: "[-dDUZ] [-s src-pane] [-t dst-pane]" },
  "swap-window": { alias: "swapw", flags: "ds:t:", usage: "[-d] [-s src-window] [-t dst-window]" },
  "unbind-key": { alias: "unbind", flags: "anqT:", count: [0, 1], usage: "[-anq] [-T key-table] key" },
  "unlink-window": { alias: "unlinkw", flags: "kt:", usage: "[-k] [-t target-window]" },
});

export const ACCEPTED_COMMANDS = entriesOf("accepted", {
  "choose-buffer": CHOOSER,
  "choose-client": CHOOSER,
  "choose-tree": {
    ...CHOOSER,
    flags: "F:f:GK:NO:rst:wZ",
    usage: CHOOSER.usage.replace("[-NrZ]", "[-GNrswZ]"),
  },
  "clear-prompt-history": { alias: "clearphist", flags: "T:", usage: "[-T prompt-type]" },
  "clock-mode": { flags: "t:", usage: "[-t target-pane]" },
  "command-prompt": {
    flags: "1bFiI:klNp:t:T:",
    count: [0, 1],
    usage: "[-1bFkliN] [-I inputs] [-p prompts] [-t target-client] [-T prompt-type] [template]",
    commands: [0],
  },
  "confirm-before": {
    alias: "confirm",
    flags: "bc:p:t:y",
    count: 1,
    usage: "[-by] [-c confirm_key] [-p prompt] [-t target-client] command",
    commands: [0],
  },
  "copy-mode": { flags: "deHMs:St:uq", usage: "[-eHMuq] [-s src-pane] [-t target-pane]" },
  "customize-mode": { flags: "F:f:Nt:Z", usage: "[-NZ] [-F format] [-f filter] [-t target-pane]" },
  "display-menu": {
    alias: "menu",
    flags: "b:c:C:H:s:S:MOt:T:x:y:",
    count: [1, ANY],
    usage:
      "[-MO] [-b border-lines] [-c target-client] [-C starting-choice] [-H selected-style] [-s style] " +
      "[-S border-style] [-t target-pane] [-T title] [-x position] [-y position] name key command ...",
    commands: "menu",
  },
  "display-panes": {
    alias: "displayp",
    flags: "bd:Nt:",
    count: [0, 1],
    usage: "[-bN] [-d duration] [-t target-client] [template]",
    commands: [0],
  },
  "lock-client": { alias: "lockc", flags: "t:", usage: "[-t target-client]" },
  "lock-server": { alias: "lock" },
  "lock-session": { alias: "locks", flags: "t:", usage: "[-t target-session]" },
  "server-access": { flags: "adlrw", count: [0, 1], usage: "[-adlrw] [-t target-pane] [user]" },
  "show-prompt-history": { alias: "showphist", flags: "T:", usage: "[-T prompt-type]" },
  "suspend-client": { alias: "suspendc", flags: "t:", usage: "[-t target-client]" },
});
