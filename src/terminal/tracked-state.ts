// State of a terminal that the engine does not keep, or keeps wrongly: titles, colours, keyboard protocols,
// modes it does not know, what the shell reported, links. One TrackedState per Screen; hooks in the parser keep
// it, the snapshot writes it out again.

import { Colours } from "./colours.ts";
import { KittyKeyboard } from "./kitty-keyboard.ts";
import { Links } from "./links.ts";
import { Modes } from "./modes.ts";
import { Notifications } from "./notifications.ts";
import { SavedCursors } from "./saved-cursor.ts";
import { ShellReports } from "./shell-reports.ts";
import { onOsc } from "./string-sequences.ts";
import { Titles } from "./titles.ts";
import type { Engine } from "./xterm-internals.ts";

interface Listeners {
  palette(index: number): void;
  special(target: number): void;
  /** CSI 3 J or ESC c: the program threw its scrollback away. */
  scrollbackErased(): void;
}

export class TrackedState {
  readonly titles: Titles;
  readonly colours: Colours;
  readonly keyboard: KittyKeyboard;
  readonly modes: Modes;
  readonly shell: ShellReports;
  readonly links: Links;
  readonly savedCursors: SavedCursors;
  readonly notifications: Notifications;

  constructor(engine: Engine, listeners: Listeners) {
    const input = engine._inputHandler;
    const parser = input._parser;
    this.titles = new Titles(engine);
    this.colours = new Colours(engine, listeners);
    this.keyboard = new KittyKeyboard(engine);
    this.modes = new Modes(engine);
    this.shell = new ShellReports(engine);
    this.links = new Links(engine);
    this.savedCursors = new SavedCursors(engine);
    this.notifications = new Notifications(engine);
    // 2083 and 250 characters of address and id, and the words around them.
    onOsc(parser, 8, 4096, (payload) => this.links.open(payload));
    parser.registerEscHandler({ final: "c" }, () => {
      this.colours.reset();
      this.keyboard.reset();
      this.modes.reset();
      this.shell.reset();
      listeners.scrollbackErased();
      return false;
    });
    parser.registerCsiHandler({ intermediates: "!", final: "p" }, () => {
      this.keyboard.reset();
      return false;
    });
    parser.registerCsiHandler({ final: "J" }, (params) => {
      if (params.params[0] === 3 && engine._bufferService.buffers.active === engine._bufferService.buffers.normal) {
        listeners.scrollbackErased();
      }
      return false;
    });
  }
}
