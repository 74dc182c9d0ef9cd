// The commands that do what tmux's do: names, flags and usage as tmux 3.4 has them. Data for command-table.ts.
// Letters that the usage does not name (`split-window -p`, `select-pane -P`) are taken by tmux too.

import { entriesOf } from "./command-entry.ts";

const ANY = Number.POSITIVE_INFINITY;

export const EXACT_COMMANDS = entriesOf("exact", {
  "attach-session": {
    alias: "attach",
    flags: "c:dEf:rt:x",
    usage: "[-dErx] [-c working-directory] [-f flags] [-t target-session]",
  },
  "capture-pane": {
    alias: "capturep",
    flags: "ab:CeE:JNpPqS:Tt:",
    usage: "[-aCeJNpPqT] [-b buffer-name] [-E end-line] [-S start-line] [-t target-pane]",
  },
  "clear-history": { alias: "clearhist", flags: "Ht:", usage: "[-H] [-t target-pane]" },
  "delete-buffer": { alias: "deleteb", flags: "b:", usage: "[-b buffer-name]" },
  "detach-client": {
    alias: "detach",
    flags: "aE:Ps:t:",
    usage: "[-aP] [-E shell-command] [-s target-session] [-t target-client]",
  },
  "display-message": {
    alias: "display",
    flags: "ac:d:F:IlNpt:v",
    count: [0, 1],
    usage: "[-aIlNpv] [-c target-client] [-d delay] [-F format] [-t target-pane] [message]",
  },
  "has-session": { alias: "has", flags: "t:", usage: "[-t target-session]" },
  "if-shell": {
    alias: "if",
    flags: "bFt:",
    count: [2, 3],
    usage: "[-bF] [-t target-pane] shell-command command [command]",
    commands: [1, 2],
  },
  "kill-pane": { alias: "killp", flags: "at:", usage: "[-a] [-t target-pane]" },
  "kill-server": {},
  "kill-session": { flags: "aCt:", usage: "[-aC] [-t target-session]" },
  "kill-window": { alias: "killw", flags: "at:", usage: "[-a] [-t target-window]" },
  "list-buffers": { alias: "lsb", flags: "F:f:", usage: "[-F format] [-f filter]" },
  "list-clients": { alias: "lsc", flags: "F:f:t:", usage: "[-F format] [-f filter] [-t target-session]" },
  "list-commands": { alias: "lscm", flags: "F:", count: [0, 1], usage: "[-F format] [command]" },
  "list-panes": { alias: "lsp", flags: "asF:f:t:", usage: "[-as] [-F format] [-f filter] [-t target-window]" },
  "list-sessions": { alias: "ls", flags: "F:f:", usage: "[-F format] [-f filter]" },
  "list-windows": { alias: "lsw", flags: "aF:f:t:", usage: "[-a] [-F format] [-f filter] [-t target-session]" },
  "load-buffer": { alias: "loadb", flags: "b:t:w", count: 1, usage: "[-b buffer-name] [-t target-client] path" },
  "new-session": {
    alias: "new",
    flags: "Ac:dDe:EF:f:n:Ps:t:x:Xy:",
    count: [0, ANY],
    usage:
      "[-AdDEPX] [-c start-directory] [-e environment] [-F format] [-f flags] [-n window-name] [-s session-name] " +
      "[-t target-session] [-x width] [-y height] [shell-command]",
  },
  "new-window": {
    alias: "neww",
    flags: "abc:de:F:kn:PSt:",
    count: [0, ANY],
    usage:
      "[-abdkPS] [-c start-directory] [-e environment] [-F format] [-n window-name] [-t target-window] [shell-command]",
  },
  "paste-buffer": {
    alias: "pasteb",
    flags: "db:prs:t:",
    usage: "[-dpr] [-s separator] [-b buffer-name] [-t target-pane]",
  },
  "pipe-pane": { alias: "pipep", flags: "IOot:", count: [0, 1], usage: "[-IOo] [-t target-pane] [shell-command]" },
  "rename-session": { alias: "rename", flags: "t:", count: 1, usage: "[-t target-session] new-name" },
  "rename-window": { alias: "renamew", flags: "t:", count: 1, usage: "[-t target-window] new-name" },
  "resize-pane": {
    alias: "resizep",
    flags: "DLMRTt:Ux:y:Z",
    count: [0, 1],
    usage: "[-DLMRTUZ] [-x width] [-y height] [-t target-pane] [adjustment]",
  },
  "resize-window": {
    alias: "resizew",
    flags: "aADLRt:Ux:y:",
    count: [0, 1],
    usage: "[-aADLRU] [-x width] [-y height] [-t target-window] [adjustment]",
  },
  "respawn-pane": {
    alias: "respawnp",
    flags: "c:e:kt:",
    count: [0, ANY],
    usage: "[-k] [-c start-directory] [-e environment] [-t target-pane] [shell-command]",
  },
  "run-shell": {
    alias: "run",
    flags: "bc:Cd:t:",
    count: [0, 1],
    usage: "[-bC] [-c start-directory] [-d delay] [-t target-pane] [shell-command]",
    commands: [0],
  },
  "save-buffer": { alias: "saveb", flags: "ab:", count: 1, usage: "[-a] [-b buffer-name] path" },
  "select-layout": {
    alias: "selectl",
    flags: "Enopt:",
    count: [0, 1],
    usage: "[-Enop] [-t target-pane] [layout-name]",
  },
  "select-pane": {
    alias: "selectp",
    flags: "DdegLlMmP:RT:t:UZ",
    usage: "[-DdeLlMmRUZ] [-T title] [-t target-pane]",
  },
  "select-window": { alias: "selectw", flags: "lnpTt:", usage: "[-lnpT] [-t target-window]" },
  "send-keys": {
    alias: "send",
    flags: "c:FHKlMN:RXt:",
    count: [0, ANY],
    usage: "[-FHKlMRX] [-c target-client] [-N repeat-count] [-t target-pane] key ...",
  },
  "set-buffer": {
    alias: "setb",
    flags: "ab:n:t:w",
    count: [0, 1],
    usage: "[-aw] [-b buffer-name] [-n new-buffer-name] [-t target-client] data",
  },
  "set-environment": {
    alias: "setenv",
    flags: "Fghrt:u",
    count: [1, 2],
    usage: "[-Fhgru] [-t target-session] name [value]",
  },
  "set-option": {
    alias: "set",
    flags: "aFgopqst:uUw",
    count: [1, 2],
    usage: "[-aFgopqsuUw] [-t target-pane] option [value]",
    commands: [1],
  },
  "set-window-option": {
    alias: "setw",
    flags: "aFgoqt:u",
    count: [1, 2],
    usage: "[-aFgoqu] [-t target-window] option [value]",
    commands: [1],
  },
  "show-buffer": { alias: "showb", flags: "b:", usage: "[-b buffer-name]" },
  "show-environment": {
    alias: "showenv",
    flags: "hgst:",
    count: [0, 1],
    usage: "[-hgs] [-t target-session] [name]",
  },
  "show-options": {
    alias: "show",
    flags: "AgHpqst:vw",
    count: [0, 1],
    usage: "[-AgHpqsvw] [-t target-pane] [option]",
  },
  "split-window": {
    alias: "splitw",
    flags: "bc:de:fF:hIl:p:Pt:vZ",
    count: [0, ANY],
    usage: "[-bdefhIPvZ] [-c start-directory] [-e environment] [-F format] [-l size] [-t target-pane][shell-command]",
  },
  "start-server": { alias: "start" },
  "switch-client": {
    alias: "switchc",
    flags: "c:EFlnprt:T:Z",
    usage: "[-ElnprZ] [-c target-client] [-t target-session] [-T key-table]",
  },
  "wait-for": { alias: "wait", flags: "LSU", count: 1, usage: "[-L|-S|-U] channel" },
});
