// Characters of a command text to tokens: quotes, escapes, `$NAME`, `~user`, comments, continued lines.
// Read by parse-text.ts. Rule kept: every quirk is that of the real program (an open quote ends with the text).

export type Token = { readonly line: number } & (
  | { readonly kind: "word" | "assignment" | "directive" | "format"; readonly text: string }
  | { readonly kind: "newline" | "semicolon" | "open" | "close" | "end" }
  | { readonly kind: "error"; readonly message: string }
);

export interface TokenSources {
  readonly environment: (name: string) => string | undefined;
  readonly home: (user: string) => string | undefined;
}

const DIRECTIVES = new Set(["%if", "%elif", "%else", "%endif", "%hidden"]);

/** What `\x` stands for when it is not x itself. */
const ESCAPES: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  e: "\x1b",
  f: "\f",
  n: "\n",
  r: "\r",
  s: " ",
  t: "\t",
  v: "\v",
};

const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*=/;

export class TokenReader {
  readonly #text: string;
  readonly #sources: TokenSources;
  #at = 0;
  #line = 1;
  #conditionFollows = false;
  /** The first fault in the word under way. */
  #fault: string | undefined;

  constructor(text: string, sources: TokenSources) {
    this.#text = text;
    this.#sources = sources;
  }

  /** The next token; `statement` says that a command may begin here, where alone `NAME=value` is an assignment. */
  next(statement: boolean): Token {
    const condition = this.#conditionFollows;
    this.#conditionFollows = false;
    for (;;) {
      const line = this.#line;
      const character = this.#peek();
      if (character === "") return { kind: "end", line };
      this.#take();
      if (character === " " || character === "\t") continue;
      if (character === "\r" && this.#peek() === "\n") continue;
      if (character === "\n") return this.#newline();
      if (character === ";") return { kind: "semicolon", line };
      if (character === "{") return { kind: "open", line };
      if (character === "}") return { kind: "close", line };
      if (character === "#" && !(condition && this.#peek() === "{")) {
        while (this.#peek() !== "" && this.#peek() !== "\n") this.#take();
        continue;
      }
      this.#fault = undefined;
      const token = this.#wordToken(character, statement, line);
      return this.#fault === undefined ? token : { kind: "error", message: this.#fault, line };
    }
  }

  #wordToken(first: string, statement: boolean, line: number): Token {
    // A `#` that is no comment follows `%if`.
    if (first === "#") return { kind: "format", text: this.#format(), line };
    if (first === "%") return this.#percent(line);
    const text = this.#word(first);
    return { kind: statement && ASSIGNMENT.test(text) ? "assignment" : "word", text, line };
  }

  #wrong(fault: string): string {
    this.#fault ??= fault;
    return "";
  }

  #newline(): Token {
    const line = this.#line;
    this.#line++;
    return { kind: "newline", line };
  }

  /** The character at the place; empty at the end. A backslash before a newline joins two lines, anywhere. */
  #peek(): string {
    let character = this.#text.charAt(this.#at);
    while (character === "\\" && this.#text.charAt(this.#at + 1) === "\n" && this.#oddBackslashes()) {
      this.#at += 2;
      this.#line++;
      character = this.#text.charAt(this.#at);
    }
    if (character < "\ud800" || character > "\udbff") return character;
    return String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
  }

  /** Of an even run before a newline the last one is itself escaped. */
  #oddBackslashes(): boolean {
    let before = this.#at;
    while (this.#text.charAt(before - 1) === "\\") before--;
    return (this.#at - before) % 2 === 0;
  }

  #take(): string {
    const character = this.#peek();
    this.#at += character.length;
    return character;
  }

  /** A word of digits and `%` is a word (`%1`); the others are directives, or nothing that tmux knows. */
  #percent(line: number): Token {
    let word = "%";
    while (this.#peek() !== "" && !/[\s;{}]/.test(this.#peek())) word += this.#take();
    if (/^%[%0-9]*$/.test(word)) return { kind: "word", text: word, line };
    if (!DIRECTIVES.has(word)) this.#wrong("syntax error");
    this.#conditionFollows = word === "%if" || word === "%elif";
    return { kind: "directive", text: word, line };
  }

  /** `#{...}` after `%if`, with the braces inside it. */
  #format(): string {
    let depth = 0;
    let text = "#";
    for (;;) {
      const character = this.#take();
      if (character === "" || character === "\n") return this.#wrong("syntax error");
      text += character;
      if (character === "#" && this.#peek() === "{") {
        depth++;
        text += this.#take();
      } else if (character === "{" && depth === 0) depth = 1;
      else if (character === "}" && --depth === 0) return text;
    }
  }

  #word(begin: string): string {
    let text = "";
    let quote = "";
    // The quote around the character before: `~` is the home directory where it changes, and at the start.
    let before: string | undefined;
    let character = begin;
    while (this.#fault === undefined && character !== "") {
      if (quote === "" && /[ \t\n;}]/.test(character)) break;
      if (quote !== "" && character === "\n") {
        // tmux does not count the lines inside quotes, so its errors behind them name earlier ones.
        text += "\n";
        character = this.#indentation();
        continue;
      }
      if (character === quote || (quote === "" && (character === "'" || character === '"'))) {
        quote = quote === "" ? character : "";
      } else {
        text += quote === "'" ? character : this.#expanded(character, before !== quote);
        before = quote;
      }
      character = this.#take();
    }
    this.#at -= character.length;
    return text;
  }

  /** What a character outside single quotes stands for, with those that belong to it. */
  #expanded(character: string, atStart: boolean): string {
    if (character === "\\") return this.#escape();
    if (character === "$") return this.#variable();
    return character === "~" && atStart ? this.#home() : character;
  }

  /** What begins the next line of a quoted word: blanks are cut, and a comment with them, but `#{` and its like are text. */
  #indentation(): string {
    let character = this.#take();
    while (character === " " || character === "\t") character = this.#take();
    if (character !== "#" || /^[,#{}:]$/.test(this.#peek())) return character;
    while (character !== "" && character !== "\n") character = this.#take();
    return character;
  }

  #escape(): string {
    const character = this.#take();
    if (character === "") return this.#wrong("syntax error");
    if (/[0-7]/.test(character)) {
      const digits = character + this.#take() + this.#take();
      if (!/^[0-3][0-7][0-7]$/.test(digits)) return this.#wrong("invalid octal escape");
      return String.fromCharCode(Number.parseInt(digits, 8));
    }
    if (character !== "u" && character !== "U") return ESCAPES[character] ?? character;
    const length = character === "u" ? 4 : 8;
    const digits = Array.from({ length }, () => this.#take()).join("");
    const code = Number.parseInt(digits, 16);
    if (!/^[0-9a-fA-F]+$/.test(digits) || digits.length !== length || code > 0x10ffff) {
      return this.#wrong(`invalid \\${character} argument`);
    }
    return String.fromCodePoint(code);
  }

  #home(): string {
    let user = "";
    while (this.#peek() !== "" && !/[/ \t\n"']/.test(this.#peek())) user += this.#take();
    const home = this.#sources.home(user);
    return home ?? this.#wrong("syntax error");
  }

  #variable(): string {
    const first = this.#peek();
    if (first === "") return this.#wrong("syntax error");
    const braced = first === "{";
    if (braced) this.#take();
    else if (!/[A-Za-z_]/.test(first)) return "$";
    let name = "";
    while (/^[A-Za-z0-9_]$/.test(this.#peek()) && !(name === "" && /[0-9]/.test(this.#peek()))) name += this.#take();
    if (braced && this.#take() !== "}") return this.#wrong("invalid environment variable");
    return this.#sources.environment(name) ?? "";
  }
}
