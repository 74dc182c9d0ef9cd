// The grammar of command text: lines are groups, `;` joins commands, `{ }` holds commands as an argument, `%if`
// chooses, `NAME=value` sets the environment. Gives words, not commands yet: parse-commands.ts builds those.

import type { TokenSources } from "./token-reader.ts";
import { type Token, TokenReader } from "./token-reader.ts";

/** A word as written, or the commands between braces. */
export type DraftWord =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "commands"; readonly groups: readonly (readonly Draft[])[] };

/** The words of one command, and the line of the text that it began on, from 1. */
export interface Draft {
  readonly words: readonly DraftWord[];
  readonly line: number;
}

/** `NAME=value` at the start of a statement; a hidden one is for formats only, not for the panes' environment. */
export interface Assignment {
  readonly name: string;
  readonly value: string;
  readonly hidden: boolean;
}

export interface GrammarSources extends TokenSources {
  /** Expands the format of an `%if`. */
  readonly condition: (format: string) => string;
}

export interface GrammarProblem {
  readonly message: string;
  readonly line: number;
}

export type GrammarResult =
  | {
      readonly ok: true;
      readonly groups: readonly (readonly Draft[])[];
      readonly assignments: readonly Assignment[];
    }
  | { readonly ok: false; readonly problem: GrammarProblem };

/** Reads a whole text. tmux's text for what fits no rule is `syntax error`. */
export function readDrafts(text: string, sources: GrammarSources): GrammarResult {
  const reader = new DraftReader(text, sources);
  const groups: Draft[][] = [[]];
  const problem = reader.statements("text", true, groups);
  if (problem !== undefined) return { ok: false, problem };
  return { ok: true, groups: groups.filter((group) => group.length > 0), assignments: reader.assignments };
}

class DraftReader {
  readonly assignments: Assignment[] = [];
  readonly #assigned = new Map<string, string>();
  readonly #reader: TokenReader;
  readonly #sources: GrammarSources;
  #token: Token;

  constructor(text: string, sources: GrammarSources) {
    this.#sources = sources;
    this.#reader = new TokenReader(text, {
      environment: (name) => this.#assigned.get(name) ?? sources.environment(name),
      home: sources.home,
    });
    this.#token = this.#reader.next(true);
  }

  /**
   * Statements up to the end of the text, to `}` or to the directive that ends a branch; that token is left
   * unread. In a branch that is not chosen (`kept` is false) nothing is added.
   */
  statements(until: "text" | "brace" | "branch", kept: boolean, groups: Draft[][]): GrammarProblem | undefined {
    let atStart = true;
    for (;;) {
      const token = this.#token;
      if (token.kind === "end") return until === "text" ? undefined : this.#syntaxError();
      if (token.kind === "close") return until === "brace" ? undefined : this.#syntaxError();
      if (token.kind === "directive" && token.text !== "%if" && token.text !== "%hidden") {
        return until === "branch" ? undefined : this.#syntaxError();
      }
      if (token.kind === "newline") {
        if (groups.at(-1)?.length !== 0) groups.push([]);
        atStart = true;
        this.#advance(true);
      } else if (token.kind === "semicolon") {
        if (atStart) return this.#syntaxError();
        this.#advance(true);
      } else {
        atStart = false;
        const problem = token.kind === "directive" ? this.#directive(kept, groups) : this.#command(kept, groups);
        if (problem !== undefined) return problem;
      }
    }
  }

  #directive(kept: boolean, groups: Draft[][]): GrammarProblem | undefined {
    if (this.#isDirective("%hidden")) {
      this.#advance(true);
      return this.#token.kind === "assignment" ? this.#assign(true, kept) : this.#syntaxError();
    }
    let chosen = false;
    let last = false;
    for (;;) {
      let holds = true;
      this.#advance(last);
      if (!last) {
        if (this.#token.kind !== "word" && this.#token.kind !== "format") return this.#syntaxError();
        const value = this.#sources.condition(this.#token.text);
        holds = value !== "" && value !== "0";
        this.#advance(true);
      }
      const problem = this.statements("branch", kept && holds && !chosen, groups);
      if (problem !== undefined) return problem;
      chosen ||= holds;
      if (this.#isDirective("%endif")) break;
      if (last) return this.#syntaxError();
      last = this.#isDirective("%else");
    }
    this.#advance(true);
    return undefined;
  }

  #command(kept: boolean, groups: Draft[][]): GrammarProblem | undefined {
    if (this.#token.kind === "assignment") {
      const problem = this.#assign(false, kept);
      if (problem !== undefined || this.#kind() !== "word") return problem;
    }
    if (this.#kind() !== "word") return this.#syntaxError();
    const line = this.#token.line;
    const words: DraftWord[] = [];
    for (;;) {
      const token = this.#token as Token;
      if (token.kind === "error") return this.#syntaxError();
      if (token.kind === "word" || token.kind === "assignment") {
        words.push({ kind: "text", text: token.text });
      } else if (token.kind === "open") {
        this.#advance(true);
        const inner: Draft[][] = [[]];
        const problem = this.statements("brace", kept, inner);
        if (problem !== undefined) return problem;
        words.push({ kind: "commands", groups: inner.filter((group) => group.length > 0) });
      } else break;
      this.#advance(false);
    }
    if (kept) groups.at(-1)?.push({ words, line });
    return undefined;
  }

  #assign(hidden: boolean, kept: boolean): GrammarProblem | undefined {
    if (this.#token.kind !== "assignment") return this.#syntaxError();
    const [name = "", ...rest] = this.#token.text.split("=");
    const value = rest.join("=");
    if (kept) {
      this.#assigned.set(name, value);
      this.assignments.push({ name, value, hidden });
    }
    this.#advance(false);
    return undefined;
  }

  /** Asked as a call, since reading on changes what the compiler has seen. */
  #kind(): Token["kind"] {
    return this.#token.kind;
  }

  #isDirective(text: string): boolean {
    return this.#token.kind === "directive" && this.#token.text === text;
  }

  #advance(statement: boolean): void {
    this.#token = this.#reader.next(statement);
  }

  #syntaxError(): GrammarProblem {
    const message = this.#token.kind === "error" ? this.#token.message : "syntax error";
    return { message, line: this.#token.line };
  }
}
