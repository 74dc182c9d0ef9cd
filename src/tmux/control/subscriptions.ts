// `refresh-client -B name:what:format`: a control client is told when the value of a format changes. tmux looks once a
// second; here somebody looks when something happened in the server, and at most once a second.

import type { TmuxClient } from "../server/client.ts";
import { expandAll, type FormatPlace } from "../server/expand.ts";
import type { TmuxServer } from "../server/tmux-server.ts";

interface Subscription {
  readonly what: string;
  readonly format: string;
  /** The last value for each place. */
  readonly last: Map<string, string>;
}

const EVERY_MS = 1000;

export class Subscriptions {
  readonly #server: TmuxServer;
  readonly #client: TmuxClient;
  readonly #tell: (line: string) => void;
  readonly #byName = new Map<string, Subscription>();
  #timer: Timer | undefined;
  #lastLook = 0;
  #disposed = false;

  constructor(server: TmuxServer, client: TmuxClient, tell: (line: string) => void) {
    this.#server = server;
    this.#client = client;
    this.#tell = tell;
  }

  /** Without a format the subscription ends. */
  change(text: string): void {
    const [name = "", what = "", ...rest] = text.split(":");
    if (rest.length === 0) this.#byName.delete(name);
    else this.#byName.set(name, { what, format: rest.join(":"), last: new Map() });
    this.look();
  }

  look(): void {
    if (this.#byName.size === 0 || this.#timer !== undefined || this.#disposed) return;
    const wait = Math.max(0, this.#lastLook + EVERY_MS - Date.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#lastLook = Date.now();
      void this.#check();
    }, wait);
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#byName.clear();
  }

  async #check(): Promise<void> {
    for (const [name, subscription] of this.#byName) {
      const places = this.#placesOf(subscription.what);
      const values = await expandAll(
        this.#server,
        [subscription.format],
        places.map(({ place }) => ({ ...place, client: this.#client })),
      );
      for (const [at, { label }] of places.entries()) {
        const value = values[at]?.[0] ?? "";
        if (subscription.last.get(label) === value) continue;
        subscription.last.set(label, value);
        if (!this.#disposed) this.#tell(`%subscription-changed ${name} ${label} : ${value}`);
      }
    }
  }

  /** The label says session, window, index and pane; `-` for what it is not about. */
  #placesOf(what: string): { readonly label: string; readonly place: FormatPlace }[] {
    const { session } = this.#client;
    if (session === undefined) return [];
    if (what === "") return [{ label: `$${session.id} - - -`, place: { session } }];
    return session.links.flatMap((link) => {
      const { window } = link;
      if (what === "@*" || what === `@${window.id}`) {
        return [{ label: `$${session.id} @${window.id} ${link.index} -`, place: { session, link } }];
      }
      const panes = window.panes.filter((pane) => what === "%*" || what === pane.name);
      return panes.map((pane) => ({
        label: `$${session.id} @${window.id} ${link.index} ${pane.name}`,
        place: { session, link, window, pane },
      }));
    });
  }
}
