// Formats for the commands of this server: what a format will ask of workers is asked first, all at once, then the text is
// expanded in one go over the model. `expandNow` does without asking, for what must not wait (a pane that has just died).

import { type ExpandOptions, expandFormat, isTrue } from "../formats/expand.ts";
import { matches } from "../formats/match.ts";
import type { FormatScope, LoopItem, LoopKind } from "../formats/scope.ts";
import type { Pane } from "../model/model.ts";
import { deadFacts } from "./dead-screens.ts";
import { type FactsByPane, type FormatFacts, type FormatPlace, ResolvedPlace } from "./format-place.ts";
import { shownRows } from "./pane-capture.ts";
import { ASKED_VARIABLES, PANE_VARIABLES } from "./pane-variables.ts";
import {
  BUFFER_VARIABLES,
  CLIENT_VARIABLES,
  LINK_VARIABLES,
  SERVER_VARIABLES,
  SESSION_VARIABLES,
  WINDOW_VARIABLES,
} from "./session-variables.ts";
import { shellOutput } from "./shell-output.ts";
import type { TmuxServer } from "./tmux-server.ts";

export type { FormatPlace } from "./format-place.ts";

/** The text of a format at a place. */
export async function expand(
  server: TmuxServer,
  format: string,
  place: FormatPlace,
  options: ExpandOptions = {},
): Promise<string> {
  if (!format.includes("#") && !(options.time && format.includes("%"))) return format;
  const facts = await askFacts(server, [format], [place]);
  return expandFormat(format, scopeOf(new ResolvedPlace(server, place, facts)), options);
}

/** Several formats over several places, with one look at the workers: the lists. */
export async function expandAll(
  server: TmuxServer,
  formats: readonly string[],
  places: readonly FormatPlace[],
  options: ExpandOptions = {},
): Promise<string[][]> {
  const facts = await askFacts(server, formats, places);
  return places.map((place) => {
    const scope = scopeOf(new ResolvedPlace(server, place, facts));
    return formats.map((format) => expandFormat(format, scope, options));
  });
}

/** Every variable that has a value at a place, by name: `display-message -a`. */
export async function allValues(server: TmuxServer, place: FormatPlace): Promise<(readonly [string, string])[]> {
  const names = [
    SERVER_VARIABLES,
    SESSION_VARIABLES,
    LINK_VARIABLES,
    WINDOW_VARIABLES,
    PANE_VARIABLES,
    CLIENT_VARIABLES,
  ]
    .flatMap((table) => Object.keys(table))
    .sort();
  const facts = await askFacts(
    server,
    names.map((name) => `#{${name}}`),
    [place],
  );
  const { variable } = scopeOf(new ResolvedPlace(server, place, facts));
  return names.flatMap((name) => {
    const value = variable(name);
    return value === undefined ? [] : [[name, value] as const];
  });
}

/** From the model alone. */
export function expandNow(server: TmuxServer, format: string, place: FormatPlace): string {
  return expandFormat(format, scopeOf(new ResolvedPlace(server, place, new Map())), { time: true });
}

export { isTrue };

const SHORT: Readonly<Record<string, string>> = { T: "pane_title", W: "window_name" };

interface Wanted {
  readonly foreground: boolean;
  readonly screen: boolean;
  readonly history: boolean;
  /** `#{C:text}` searches what is shown. */
  readonly rows: boolean;
}

/** What the formats name that only a worker knows; one that expands another text may name anything. */
function wantedBy(formats: readonly string[]): Wanted {
  const rows = formats.some((format) => /[{;]C(?:\/[^:]*)?:/.test(format));
  const wanted = { foreground: false, screen: false, history: false, rows };
  for (const format of formats) {
    if (/[ET]:/.test(format)) return { foreground: true, screen: true, history: true, rows };
    for (const [, short = ""] of format.matchAll(/#([TW])/g)) note(SHORT[short] ?? "");
    for (const [name] of format.matchAll(/[a-z_]{6,}/g)) note(name);
  }
  return wanted;

  function note(name: string): void {
    const kind = ASKED_VARIABLES[name];
    if (kind !== undefined) wanted[kind] = true;
  }
}

async function askFacts(
  server: TmuxServer,
  formats: readonly string[],
  places: readonly FormatPlace[],
): Promise<FactsByPane> {
  const wanted = wantedBy(formats);
  if (!wanted.foreground && !wanted.screen && !wanted.history && !wanted.rows) return new Map();
  const everywhere = formats.some((format) => /[SWPL](?:\/[^:]*)?:/.test(format));
  const panes = everywhere
    ? [...server.panes.values()]
    : places.flatMap((place) => new ResolvedPlace(server, place, new Map()).pane ?? []);
  const facts = new Map<Pane, FormatFacts>();
  await Promise.all(
    [...new Set(panes)].map(async (pane) => {
      const found = await factsOf(server, pane, wanted);
      if (found !== undefined) facts.set(pane, found);
    }),
  );
  return facts;
}

async function factsOf(server: TmuxServer, pane: Pane, wanted: Wanted): Promise<FormatFacts | undefined> {
  const link = await server.programs.link(pane);
  try {
    if (link === undefined && pane.dead === null) return undefined;
    const facts = await (link === undefined
      ? deadFacts(server, pane)
      : link.facts({ screen: wanted.screen || wanted.history, history: wanted.history }));
    return facts && wanted.rows ? { ...facts, rows: await shownRows(server, pane) } : facts;
  } catch {
    // It ended while it was asked; the model says so in a moment.
    return undefined;
  }
}

function scopeOf(place: ResolvedPlace): FormatScope {
  const { server } = place;
  return {
    variable: (name) => text(variableOf(name, place)),
    option: (name) => server.settings.formatValue(name, place),
    environment: (name) =>
      place.session?.environment.get(name)?.value ?? server.environment.get(name)?.value ?? undefined,
    command: (command) => shellOutput(server, command, place),
    loop: (kind) => loop(kind, place),
    search: (pattern, flags) => {
      const wanted = flags.includes("r") ? pattern : `*${pattern}*`;
      return (place.factsHere?.rows ?? []).findIndex((row) => matches(wanted, row, flags)) + 1;
    },
    nameExists: (kind, name) =>
      kind === "session"
        ? server.sessionNamed(name) !== undefined
        : (place.session?.links.some((link) => link.window.name === name) ?? false),
  };
}

function variableOf(name: string, place: ResolvedPlace): string | number | boolean | undefined {
  const { extra, pane, link, window, session, client, buffer } = place;
  if (Object.hasOwn(extra, name)) return extra[name];
  const server = SERVER_VARIABLES[name];
  if (server !== undefined) return server(place);
  if (name.startsWith("pane_") || Object.hasOwn(PANE_VARIABLES, name)) {
    return pane && PANE_VARIABLES[name]?.(pane, place);
  }
  if (link !== undefined && Object.hasOwn(LINK_VARIABLES, name)) return LINK_VARIABLES[name]?.(link, place);
  if (window !== undefined && Object.hasOwn(WINDOW_VARIABLES, name)) return WINDOW_VARIABLES[name]?.(window, place);
  if (session !== undefined && Object.hasOwn(SESSION_VARIABLES, name)) return SESSION_VARIABLES[name]?.(session, place);
  if (client !== undefined && Object.hasOwn(CLIENT_VARIABLES, name)) return CLIENT_VARIABLES[name]?.(client, place);
  return buffer && BUFFER_VARIABLES[name]?.(buffer);
}

function text(value: string | number | boolean | undefined): string | undefined {
  return typeof value === "boolean" ? (value ? "1" : "0") : value === undefined ? undefined : String(value);
}

function loop(kind: LoopKind, place: ResolvedPlace): readonly LoopItem[] {
  const { server } = place;
  switch (kind) {
    case "sessions":
      return server.sessions.map((session) => ({
        scope: scopeOf(place.at({ session })),
        current: session === place.session,
      }));
    case "windows":
      return (place.session?.links ?? []).map((link) => ({
        scope: scopeOf(place.at({ link, session: link.session })),
        current: link === link.session.current,
      }));
    case "panes":
      return (place.window?.panes ?? []).map((pane) => ({
        scope: scopeOf(place.at({ pane, window: pane.window, link: place.link, session: place.session })),
        current: pane === pane.window.active,
      }));
    case "clients":
      return server.attachedClients.map((client) => ({
        scope: scopeOf(place.at({ client, session: client.session })),
        current: client === place.client,
      }));
  }
}
