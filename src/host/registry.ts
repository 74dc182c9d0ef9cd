// All sessions of a state directory, and how a selector finds one. Names are unique among live sessions; a
// name means the live session, else the newest ended one (the command line page, "Settled questions").

import { isIdShaped } from "../base/ids.ts";
import { type Failure, fail, ok, type Result } from "../base/result.ts";
import type { Selector } from "../protocol/host-messages.ts";
import { isPaneId } from "../protocol/names.ts";
import type { SessionEntry } from "./session-entry.ts";

/** Shorter beginnings of an id are too easily a coincidence. */
const SHORTEST_ID_PREFIX = 4;

export class Registry {
  readonly #byId = new Map<string, SessionEntry>();
  /** Names, ids and panes of sessions that are being started, and who waits for the outcome. */
  readonly #reserved = new Map<string, PromiseWithResolvers<void>>();

  get entries(): SessionEntry[] {
    return [...this.#byId.values()];
  }

  get live(): SessionEntry[] {
    return this.entries.filter((entry) => entry.live);
  }

  byId(id: string): SessionEntry | undefined {
    return this.#byId.get(id);
  }

  add(entry: SessionEntry): void {
    this.#byId.set(entry.session.session_id, entry);
  }

  remove(id: string): void {
    this.#byId.delete(id);
  }

  /** The live session that has a name. */
  holderOf(name: string): SessionEntry | undefined {
    return this.live.find((entry) => entry.session.name === name);
  }

  /** Keeps a name for a session that is about to start; `release` it whatever becomes of it. */
  reserve(name: string, except?: SessionEntry): Result<undefined> {
    const holder = this.holderOf(name);
    if ((holder !== undefined && holder !== except) || this.#reserved.has(name)) {
      return fail("name_taken", `a live session is already called ${name}`);
    }
    this.#reserved.set(name, Promise.withResolvers());
    return ok();
  }

  /** The id and the pane of the session that is about to start: its program may ask for itself before we have it. */
  alsoKnownAs(name: string, ...others: readonly string[]): void {
    const starting = this.#reserved.get(name);
    if (starting !== undefined) for (const other of others) this.#reserved.set(other, starting);
  }

  release(name: string): void {
    const starting = this.#reserved.get(name);
    for (const [known, one] of this.#reserved) if (one === starting) this.#reserved.delete(known);
    starting?.resolve();
  }

  /** Resolves at once, or when a session that is just being started as this can be found (or failed). */
  async settled(selector: Selector): Promise<void> {
    if (!("text" in selector)) return;
    const { text, prefix = "" } = selector;
    const starting = this.#reserved.get(prefix + text) ?? this.#reserved.get(text.toLowerCase());
    await starting?.promise;
  }

  /** The first of `base`, `base-2`, `base-3`, ... that nobody has, reserved. */
  reserveFree(base: string): string {
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? base : `${base}-${number}`;
      if (this.reserve(name).ok) return name;
    }
  }

  /** One session; live ones first, then the newest ended one, archived ones last. */
  resolve(selector: Selector): Result<SessionEntry> {
    for (const entry of this.#byId.values()) entry.recheckOrphan();
    return "text" in selector ? this.#byText(selector.text, selector.prefix ?? "") : this.#byRole(selector);
  }

  /**
   * Several sessions, each once, in order; `*` at the end matches the beginning of names of `candidates`, and where none
   * of them fits, of `others`.
   */
  resolveMany(
    selectors: readonly Selector[],
    candidates: readonly SessionEntry[],
    others: readonly SessionEntry[] = [],
  ): Result<SessionEntry[]> {
    const found = new Set<SessionEntry>();
    for (const selector of selectors) {
      if ("text" in selector && selector.text.endsWith("*")) {
        const start = (selector.prefix ?? "") + selector.text.slice(0, -1);
        const fits = (entry: SessionEntry) => entry.session.name.startsWith(start);
        const live = candidates.filter(fits);
        const matching = live.length > 0 ? live : others.filter(fits);
        if (matching.length === 0) return notFound(selector.text);
        for (const entry of matching) found.add(entry);
      } else {
        const one = this.resolve(selector);
        if (!one.ok) return one;
        found.add(one.value);
      }
    }
    return ok([...found]);
  }

  #byText(text: string, prefix: string): Result<SessionEntry> {
    if (isPaneId(text)) return best(this.entries.filter((entry) => entry.session.pane_id === text)) ?? notFound(text);
    if (isIdShaped(text)) {
      const entry = this.#byId.get(text.toLowerCase());
      return entry === undefined ? notFound(text) : ok(entry);
    }
    const named = best(this.entries.filter((entry) => entry.session.name === prefix + text));
    if (named !== undefined) return named;
    return this.#byIdPrefix(text) ?? notFound(prefix + text);
  }

  #byIdPrefix(text: string): Result<SessionEntry> | undefined {
    if (text.length < SHORTEST_ID_PREFIX || !/^[0-9a-f-]+$/i.test(text)) return undefined;
    const start = text.toLowerCase();
    const matching = this.entries.filter((entry) => entry.session.session_id.startsWith(start));
    if (matching.length <= 1) return best(matching);
    return fail("ambiguous_selector", `${text} begins the ids of ${matching.length} sessions`);
  }

  #byRole({ workspace, role }: { workspace: string; role: string }): Result<SessionEntry> {
    const matching = this.entries.filter(
      ({ session }) => session.workspace === workspace && session.role === role && !session.archived,
    );
    const live = matching.filter((entry) => entry.live);
    if (live.length > 1) {
      return fail("ambiguous_selector", `${live.length} sessions have the role ${role} in ${workspace}`, {
        hint: "name one of them: `bide list --workspace PATH --role ROLE` shows them",
      });
    }
    return best(matching) ?? fail("session_not_found", `no session has the role ${role} in ${workspace}`);
  }
}

/** The live one, else the newest that is not archived, else the newest archived. */
function best(entries: readonly SessionEntry[]): Result<SessionEntry> | undefined {
  const rank = (entry: SessionEntry) => (entry.live ? 2 : entry.session.archived ? 0 : 1);
  const sorted = [...entries].sort(
    (a, b) => rank(b) - rank(a) || (a.session.created_at < b.session.created_at ? 1 : -1),
  );
  return sorted[0] === undefined ? undefined : ok(sorted[0]);
}

function notFound(text: string): Failure {
  return fail("session_not_found", `no session matches ${JSON.stringify(text.slice(0, 200))}`);
}
