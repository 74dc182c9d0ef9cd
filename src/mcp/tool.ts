// What every tool of the MCP server is made of. A tool is small: it asks the host or a worker, and answers with text that
// a model reads plus the same facts as data. Rule: no answer is longer than its cap; what is left out can be asked for.

import * as v from "valibot";
import type { HostLink } from "./host-link.ts";

export interface ToolContext {
  readonly host: HostLink;
  /** Aborted when the client cancels the call or goes away. */
  readonly signal: AbortSignal;
}

export interface ToolAnswer {
  readonly text: string;
  readonly data: Readonly<Record<string, unknown>>;
}

// biome-ignore lint/suspicious/noExplicitAny: any object schema; `defineTool` keeps the arguments typed.
export interface Tool<S extends v.GenericSchema<any, any> = v.GenericSchema<any, any>> {
  readonly name: string;
  readonly description: string;
  /** A strict object: an argument that the tool does not know is an error, because what it asked for would not be done. */
  readonly input: S;
  /** Changes nothing. */
  readonly reads: boolean;
  /** May end something that cannot be brought back. */
  readonly destroys?: boolean;
  readonly call: (args: v.InferOutput<S>, context: ToolContext) => Promise<ToolAnswer>;
}

/** Infers the arguments of `call` from the schema. */
// biome-ignore lint/suspicious/noExplicitAny: see Tool.
export function defineTool<S extends v.GenericSchema<any, any>>(tool: Tool<S>): Tool {
  return tool as unknown as Tool;
}

/** A session, as every tool takes it. */
export const SESSION = v.pipe(
  v.string(),
  v.minLength(1),
  v.description("name, id, unique beginning of an id, or pane id (%3) of the session"),
);

const DEFAULT_CHARS = 20_000;
const MOST_CHARS = 200_000;

/** How much text an answer may have, in UTF-16 units as JSON counts them. */
export const MAX_CHARS = v.pipe(
  v.optional(v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(MOST_CHARS)), DEFAULT_CHARS),
  v.description(`most characters of text in the answer (${DEFAULT_CHARS} unless given)`),
);

/** Seconds, as people and models give them; fractions are fine. */
export function seconds(most: number, description: string) {
  return v.pipe(
    v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(most))),
    v.description(`${description} (seconds, at most ${most})`),
  );
}
