// Where a format is expanded: the client, session, window and pane that its variables are about, and what only this
// expansion knows. From the narrowest that is given the wider ones follow.

import type { PaneFacts } from "../../protocol/worker-messages.ts";
import type { Pane, Session, Window, Winlink } from "../model/model.ts";
import type { TmuxClient } from "./client.ts";
import type { PasteBuffer } from "./paste-buffers.ts";
import type { TmuxServer } from "./tmux-server.ts";

export interface FormatPlace {
  readonly client?: TmuxClient | undefined;
  readonly session?: Session | undefined;
  readonly link?: Winlink | undefined;
  readonly window?: Window | undefined;
  readonly pane?: Pane | undefined;
  readonly buffer?: PasteBuffer | undefined;
  readonly extra?: Readonly<Record<string, string>> | undefined;
}

/** What was asked of the workers before the expansion began, by pane. */
export type FactsByPane = ReadonlyMap<Pane, FormatFacts>;

/** `rows`: what the screen shows, when a format searches it. */
export type FormatFacts = PaneFacts & { readonly rows?: readonly string[] };

/** A place with everything that follows from it. */
export class ResolvedPlace {
  readonly server: TmuxServer;
  readonly client: TmuxClient | undefined;
  readonly session: Session | undefined;
  readonly link: Winlink | undefined;
  readonly window: Window | undefined;
  readonly pane: Pane | undefined;
  readonly buffer: PasteBuffer | undefined;
  readonly extra: Readonly<Record<string, string>>;
  readonly facts: FactsByPane;
  /** What the expansion is about: the narrowest that was given, not what follows from it. */
  readonly kind: "pane" | "window" | "session" | undefined;

  constructor(server: TmuxServer, place: FormatPlace, facts: FactsByPane) {
    this.server = server;
    this.client = place.client;
    this.kind =
      place.pane !== undefined
        ? "pane"
        : (place.window ?? place.link) !== undefined
          ? "window"
          : place.session && "session";
    this.pane =
      place.pane ?? place.window?.active ?? place.link?.window.active ?? place.session?.current?.window.active;
    this.window = place.window ?? place.link?.window ?? place.pane?.window ?? place.session?.current?.window;
    this.session = place.session ?? place.link?.session ?? (this.window && server.sessionsWith(this.window)[0]);
    this.link = place.link ?? (this.window && this.session?.linkOf(this.window));
    this.buffer = place.buffer;
    this.extra = place.extra ?? {};
    this.facts = facts;
  }

  get factsHere(): FormatFacts | undefined {
    return this.pane && this.facts.get(this.pane);
  }

  /** The same expansion at another place: the loops over sessions, windows and panes. */
  at(place: FormatPlace): ResolvedPlace {
    return new ResolvedPlace(this.server, { client: this.client, extra: this.extra, ...place }, this.facts);
  }
}
