// The shapes that the table of commands, the parser, the help, the documents and every verb's module share.
// Nothing here runs: a command that is not named costs only its rows in the table.

import type { Environment } from "../base/locations.ts";
import type { Bide } from "../client/bide.ts";
import type { HostMethod, HostParams, HostResult } from "../protocol/host-messages.ts";
import type { Flags } from "./flags.ts";
import type { Roles } from "./roles.ts";

/** The groups of the help, in the order of the command line page. */
export const GROUPS = ["Sessions", "Input", "Output", "Doing and waiting", "Faces", "Care"] as const;
export type Group = (typeof GROUPS)[number];

/** What a shell can offer for a word. */
export type Completes = "live" | "ended" | "any" | "verb" | "directory";

export interface FlagSpec {
  /** Without the leading `--`. */
  readonly name: string;
  /** One letter, without the leading `-`. */
  readonly short?: string;
  /** Name of the value in the help; a flag without one is a switch. */
  readonly value?: string;
  readonly repeatable?: boolean;
  readonly choices?: readonly string[];
  readonly completes?: Completes;
  readonly help: string;
}

export interface PositionalSpec {
  readonly name: string;
  readonly optional?: boolean;
  readonly repeatable?: boolean;
  readonly choices?: readonly string[];
  readonly completes?: Completes;
}

export interface Example {
  /** A command line that works as it stands, once the sessions that it names are there. */
  readonly command: string;
  readonly what: string;
}

export interface CommandSpec {
  readonly verb: string;
  readonly aliases?: readonly string[];
  readonly group: Group;
  /** One line, without a full stop. */
  readonly summary: string;
  /** What follows `bide`, one line per form. */
  readonly usage: readonly string[];
  readonly positionals?: readonly PositionalSpec[];
  /** A program and its arguments may follow after `--`. */
  readonly takesProgram?: boolean;
  /**
   * The program's words begin with the first that is neither a long flag of the verb nor one of its positionals, so that
   * they need no `--`: short flags and unknown ones belong to the program.
   */
  readonly passesOn?: boolean;
  /** Its words may be any bytes (raw-words.ts), not only text. */
  readonly takesBytes?: boolean;
  /** First words of its own that are verbs too: `bide claude` is `bide agent claude`. */
  readonly shortcuts?: readonly string[];
  readonly flags: readonly FlagSpec[];
  readonly examples: readonly Example[];
  readonly notes?: readonly string[];
  /** Codes beyond 0, 2 and the ones that every verb shares. */
  readonly exitCodes?: readonly (readonly [code: string, meaning: string])[];
  /** False for the verbs that never start a host. */
  readonly startsHost: boolean;
  readonly load: () => Promise<{ run: Command }>;
}

/** One word of the command line as it stood, for verbs to which the order matters. */
export type Word = { readonly flag: string; readonly value: string } | { readonly positional: string };

/** Everything a verb's module gets. */
export interface CommandContext {
  /** The whole table, for the verbs that explain the others. */
  readonly commands: readonly CommandSpec[];
  readonly command: CommandSpec;
  readonly flags: Flags;
  readonly positionals: readonly string[];
  /** The words after `--` of a verb that takes a program; undefined without `--`. */
  readonly program: readonly string[] | undefined;
  readonly words: readonly Word[];
  /** `--json` was given. */
  readonly json: boolean;
  readonly env: Environment;
  readonly roles: Roles;
  /**
   * The connection to the host, made at the first call; starts a host unless the verb never does. `again` makes
   * a new one: the host may have been replaced meanwhile.
   */
  connect(more?: { readonly again: boolean }): Promise<Bide>;
  /**
   * One question to the host that changes nothing: as `connect` and `request`, but the first one costs no waiting of
   * its own. Rejects as both.
   */
  ask<M extends HostMethod>(method: M, params: HostParams<M>): Promise<HostResult<M>>;
}

/** Resolves to the exit code; failures are thrown as BideError and printed by main.ts. */
export type Command = (context: CommandContext) => Promise<number>;
