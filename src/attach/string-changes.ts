// What OSC strings changed in the outer terminal: colours, an open link, the pointer's shape, a progress bar.
// Kept by mode-tracker.ts, undone by restore.ts. Titles and the working directory are the program's to set and
// stay: the outer shell says its own again.

/** More changed palette entries than this are brought back by resetting all of them. */
const MAX_PALETTE = 64;

export class StringChanges {
  readonly #palette = new Set<string>();
  readonly #special = new Set<string>();
  /** Numbers of OSC 10 to 19. */
  readonly #dynamic = new Set<number>();
  #pointer = false;
  #progress = false;
  /** An OSC 8 link is open: what is printed belongs to it. */
  linkOpen = false;

  /** A finished OSC string: its number, `;`, its text. */
  osc(text: string): void {
    const end = text.indexOf(";");
    const number = Number(end < 0 ? text : text.slice(0, end));
    const rest = end < 0 ? "" : text.slice(end + 1);
    if (number === 4) pairs(rest, this.#palette);
    else if (number === 5) pairs(rest, this.#special);
    else if (number >= 10 && number <= 19 && rest !== "") this.#setDynamic(number, rest);
    else if (number === 104) unset(rest, this.#palette);
    else if (number === 105) unset(rest, this.#special);
    else if (number >= 110 && number <= 119) this.#dynamic.delete(number - 100);
    else if (number === 21) this.#setByName(rest);
    else if (number === 22) this.#pointer = rest !== "" && rest !== "default" && !rest.startsWith("?");
    else if (number === 8) this.linkOpen = rest.indexOf(";") >= 0 && rest.slice(rest.indexOf(";") + 1) !== "";
    else if (number === 9 && rest.startsWith("4")) this.#progress = !/^4(;0|$)/.test(rest);
  }

  reset(): void {
    this.#palette.clear();
    this.#special.clear();
    this.#dynamic.clear();
    this.#pointer = false;
    this.#progress = false;
    this.linkOpen = false;
  }

  undo(): string {
    let out = this.linkOpen ? osc("8;;") : "";
    if (this.#palette.size > MAX_PALETTE) out += osc("104");
    else if (this.#palette.size > 0) out += osc(`104;${[...this.#palette].join(";")}`);
    if (this.#special.size > 0) out += osc(`105;${[...this.#special].join(";")}`);
    for (const number of [...this.#dynamic].sort()) out += osc(String(number + 100));
    if (this.#pointer) out += osc("22;default");
    if (this.#progress) out += osc("9;4;0");
    return out;
  }

  /** OSC 10 ; a ; b sets 10 and 11; `?` asks. */
  #setDynamic(first: number, rest: string): void {
    for (const [index, value] of rest.split(";").entries()) {
      if (value !== "?" && value !== "" && first + index <= 19) this.#dynamic.add(first + index);
    }
  }

  /** kitty's colours by name share their values with the numbered ones. */
  #setByName(rest: string): void {
    const numbers: Record<string, number> = {
      foreground: 10,
      background: 11,
      cursor: 12,
      selection_background: 17,
      selection_foreground: 19,
    };
    for (const pair of rest.split(";")) {
      const [name = "", value = "?"] = pair.split("=");
      const number = numbers[name];
      if (value === "?") continue;
      if (number !== undefined) this.#dynamic.add(number);
      else if (/^\d+$/.test(name)) this.#palette.add(name);
    }
  }
}

/** `n;value;n;value`: a value of `?` asks. */
function pairs(rest: string, into: Set<string>): void {
  const parts = rest.split(";");
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const number = parts[at] as string;
    if (/^\d{1,3}$/.test(number) && parts[at + 1] !== "?") into.add(number);
  }
}

/** Without numbers: all of them. */
function unset(rest: string, from: Set<string>): void {
  if (rest === "") from.clear();
  else for (const number of rest.split(";")) from.delete(number);
}

function osc(text: string): string {
  return `\x1b]${text}\x1b\\`;
}
