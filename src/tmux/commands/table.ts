// Which handler runs which command. A command of tmux that has none is accepted and does nothing; the table of all commands
// (argv/command-table.ts) says which those are.

import type { CommandHandler } from "../server/command-context.ts";
import { attachSession, detachCommand, switchClient } from "./attach-session.ts";
import { deleteBuffer, loadBuffer, pasteBuffer, saveBuffer, setBuffer, showBuffer } from "./buffers.ts";
import { capturePane, clearHistory } from "./capture-pane.ts";
import { displayMessage } from "./display-message.ts";
import { displayPopup } from "./display-popup.ts";
import { setEnvironment, showEnvironment } from "./environment.ts";
import { bindKey, listKeysCommand, unbindKey } from "./keys.ts";
import { killPaneCommand, killServerCommand, killSessionCommand, killWindowCommand, unlinkWindow } from "./kills.ts";
import {
  nextLayout,
  previousLayout,
  resizePaneCommand,
  resizeWindowCommand,
  rotateWindow,
  selectLayout,
} from "./layouts.ts";
import { hasSession, listBuffers, listClients, listCommands, listPanes, listSessions, listWindows } from "./lists.ts";
import { breakPane, joinPane, linkWindow, moveWindow, swapPane, swapWindow } from "./moving.ts";
import { newSession } from "./new-session.ts";
import {
  setHook,
  setOptionCommand,
  setWindowOption,
  showHooks,
  showOptionsCommand,
  showWindowOptions,
} from "./options.ts";
import {
  bufferMode,
  clientMode,
  clockMode,
  copyMode,
  optionsMode,
  refreshClient,
  showMessages,
  treeMode,
  withoutEffect,
} from "./others.ts";
import { pipePane } from "./pipe-pane.ts";
import { respawnPane, respawnWindow } from "./respawn.ts";
import {
  lastPane,
  lastWindow,
  nextWindow,
  previousWindow,
  renameSession,
  renameWindow,
  selectPane,
  selectWindow,
} from "./selecting.ts";
import { sendKeys, sendPrefix } from "./send-keys.ts";
import { ifShell, runShell, sourceFiles, startServer, waitFor } from "./shell.ts";
import { newWindowCommand, splitWindow } from "./windows.ts";

export const COMMAND_HANDLERS: Readonly<Record<string, CommandHandler>> = {
  "attach-session": attachSession,
  "bind-key": bindKey,
  "break-pane": breakPane,
  "choose-buffer": bufferMode,
  "choose-client": clientMode,
  "choose-tree": treeMode,
  "clear-prompt-history": withoutEffect,
  "clock-mode": clockMode,
  "command-prompt": withoutEffect,
  "confirm-before": withoutEffect,
  "copy-mode": copyMode,
  "customize-mode": optionsMode,
  "delete-buffer": deleteBuffer,
  "display-menu": withoutEffect,
  "display-panes": withoutEffect,
  "display-popup": displayPopup,
  "find-window": treeMode,
  "if-shell": ifShell,
  "join-pane": joinPane,
  "last-pane": lastPane,
  "last-window": lastWindow,
  "link-window": linkWindow,
  "load-buffer": loadBuffer,
  "lock-client": withoutEffect,
  "lock-server": withoutEffect,
  "lock-session": withoutEffect,
  "move-pane": joinPane,
  "move-window": moveWindow,
  "next-layout": nextLayout,
  "next-window": nextWindow,
  "paste-buffer": pasteBuffer,
  "pipe-pane": pipePane,
  "previous-layout": previousLayout,
  "previous-window": previousWindow,
  "refresh-client": refreshClient,
  "rename-session": renameSession,
  "rename-window": renameWindow,
  "resize-pane": resizePaneCommand,
  "resize-window": resizeWindowCommand,
  "respawn-pane": respawnPane,
  "respawn-window": respawnWindow,
  "rotate-window": rotateWindow,
  "run-shell": runShell,
  "save-buffer": saveBuffer,
  "select-layout": selectLayout,
  "select-pane": selectPane,
  "select-window": selectWindow,
  "send-prefix": sendPrefix,
  "server-access": withoutEffect,
  "set-buffer": setBuffer,
  "set-hook": setHook,
  "set-option": setOptionCommand,
  "set-window-option": setWindowOption,
  "show-hooks": showHooks,
  "show-options": showOptionsCommand,
  "show-window-options": showWindowOptions,
  "set-environment": setEnvironment,
  "show-buffer": showBuffer,
  "show-environment": showEnvironment,
  "show-messages": showMessages,
  "show-prompt-history": withoutEffect,
  "source-file": sourceFiles,
  "start-server": startServer,
  "suspend-client": withoutEffect,
  "swap-pane": swapPane,
  "swap-window": swapWindow,
  "wait-for": waitFor,
  "capture-pane": capturePane,
  "clear-history": clearHistory,
  "detach-client": detachCommand,
  "display-message": displayMessage,
  "has-session": hasSession,
  "kill-pane": killPaneCommand,
  "kill-server": killServerCommand,
  "kill-session": killSessionCommand,
  "kill-window": killWindowCommand,
  "list-buffers": listBuffers,
  "list-clients": listClients,
  "list-commands": listCommands,
  "list-keys": listKeysCommand,
  "list-panes": listPanes,
  "list-sessions": listSessions,
  "list-windows": listWindows,
  "new-session": newSession,
  "new-window": newWindowCommand,
  "send-keys": sendKeys,
  "split-window": splitWindow,
  "switch-client": switchClient,
  "unbind-key": unbindKey,
  "unlink-window": unlinkWindow,
};
