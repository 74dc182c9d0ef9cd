// A table of environment variables as tmux keeps one for the server and one for each session: a variable may have a
// value, be hidden from programs, or be marked as removed. `show-environment` prints it; a new pane's is merged from both.

export interface EnvironmentEntry {
  /** Null: removed, and hidden from programs even when the global table has it. */
  value: string | null;
  hidden: boolean;
}

export class EnvironmentTable {
  readonly #entries = new Map<string, EnvironmentEntry>();

  /** By name, as tmux sorts them. */
  get entries(): readonly (readonly [name: string, entry: EnvironmentEntry])[] {
    return [...this.#entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  }

  get(name: string): EnvironmentEntry | undefined {
    return this.#entries.get(name);
  }

  set(name: string, value: string, hidden = false): void {
    this.#entries.set(name, { value, hidden });
  }

  put(name: string, { value, hidden }: EnvironmentEntry): void {
    this.#entries.set(name, { value, hidden });
  }

  /** Marks it as removed. */
  clear(name: string): void {
    this.#entries.set(name, { value: null, hidden: false });
  }

  /** Forgets that it was ever set. */
  unset(name: string): void {
    this.#entries.delete(name);
  }

  /** As update-environment does: what the names mean in `from`; what is not there is marked as removed. */
  update(names: readonly string[], from: Readonly<Record<string, string>>): void {
    for (const pattern of names) {
      const matching = Object.keys(from).filter((name) => matches(pattern, name));
      for (const name of matching) this.set(name, from[name] ?? "");
      if (matching.length === 0 && !pattern.includes("*")) this.clear(pattern);
    }
  }

  /** One line of `show-environment`; `shell`: to be read by sh. */
  static print(name: string, { value }: EnvironmentEntry, shell: boolean): string {
    if (!shell) return value === null ? `-${name}` : `${name}=${value}`;
    if (value === null) return `unset ${name};`;
    return `${name}="${value.replace(/[$`"\\]/g, (character) => `\\${character}`)}"; export ${name};`;
  }

  toJSON(): Record<string, EnvironmentEntry> {
    return Object.fromEntries(this.#entries);
  }

  static fromJSON(stored: Readonly<Record<string, EnvironmentEntry>>): EnvironmentTable {
    const table = new EnvironmentTable();
    for (const [name, { value, hidden }] of Object.entries(stored)) table.#entries.set(name, { value, hidden });
    return table;
  }
}

/** What a program gets: the tables one over the other, without what is hidden or removed. */
export function mergedEnvironment(...tables: readonly EnvironmentTable[]): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const table of tables) {
    for (const [name, { value, hidden }] of table.entries) {
      if (value === null) delete merged[name];
      else if (!hidden) merged[name] = value;
    }
  }
  return merged;
}

/** Only `*` and `?` are known to the patterns of update-environment that people write. */
function matches(pattern: string, name: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === name;
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`^${expression}$`).test(name);
}
