// A schema that is built when it is first needed. The tables of messages name some eighty schemas and a command needs
// five: building all of them took a third of the time of `bide list` (measured, compiled executable: 1.7 ms, and the
// compiler threads that so many calls woke up took 2 ms more).

import type * as v from "valibot";

/** As `make()`, wherever a schema may stand: in a validation, in another schema, and for a look at its `entries`. */
export function lazily<S extends v.GenericSchema>(make: () => S): S {
  return new LazySchema(make) as unknown as S;
}

/** The class of what `lazily` gives, for plain-object.ts. */
export class LazySchema<S extends v.GenericSchema> {
  readonly kind = "schema";
  readonly async = false;
  readonly #make: () => S;
  #made: S | undefined;

  constructor(make: () => S) {
    this.#make = make;
  }

  get type(): string {
    return this.#schema.type;
  }

  get reference(): unknown {
    return this.#schema.reference;
  }

  get expects(): string {
    return this.#schema.expects;
  }

  get entries(): unknown {
    return (this.#schema as { entries?: unknown }).entries;
  }

  get "~standard"(): unknown {
    return this.#schema["~standard"];
  }

  "~run"(dataset: v.UnknownDataset, config: v.Config<v.BaseIssue<unknown>>): unknown {
    return this.#schema["~run"](dataset, config);
  }

  get #schema(): S {
    this.#made ??= this.#make();
    return this.#made;
  }
}
