// Objects of plain fields, which most messages are: looked at in one loop first, and only what is odd goes to the schema.
// A command checks few messages, so what counts is how little is called: `bide list` of 50 sessions looks at 1,550 fields,
// for which valibot took 1.3 ms, and a function that is called 35 times wakes the compiler's threads, 0.5 to 2 ms more
// (measured, compiled executable). Rule: what the look takes, the schema takes unchanged; all else is the schema's to judge.

import * as v from "valibot";
import { LazySchema } from "./lazily.ts";

/** One field: its schema, made when it is needed, and what a value must be to pass without it. */
export interface Plain<S extends v.GenericSchema> {
  readonly type: "string" | "number" | "boolean" | "object" | "anything";
  readonly nullable: boolean;
  readonly mayMiss: boolean;
  /** What the type does not say. */
  readonly look: ((value: never) => boolean) | undefined;
  readonly schema: () => S;
}

type Fields = Readonly<Record<string, Plain<v.GenericSchema>>>;
type EntriesOf<F extends Fields> = { readonly [K in keyof F]: ReturnType<F[K]["schema"]> };

/** As `lazily(() => v.object(...))` with these fields. */
export function plainObject<F extends Fields>(fields: F): v.ObjectSchema<EntriesOf<F>, undefined> {
  const entries = () => Object.fromEntries(Object.entries(fields).map(([key, { schema }]) => [key, schema()]));
  return new PlainObjectSchema(fields, () => v.object(entries())) as unknown as v.ObjectSchema<EntriesOf<F>, undefined>;
}

class PlainObjectSchema extends LazySchema<v.ObjectSchema<v.ObjectEntries, undefined>> {
  readonly #keys: readonly string[];
  readonly #fields: Fields;

  constructor(fields: Fields, make: () => v.ObjectSchema<v.ObjectEntries, undefined>) {
    super(make);
    this.#keys = Object.keys(fields);
    this.#fields = fields;
  }

  override "~run"(dataset: v.UnknownDataset, config: v.Config<v.BaseIssue<unknown>>): unknown {
    if (!this.takes(dataset.value)) return super["~run"](dataset, config);
    return Object.assign(dataset, { typed: true });
  }

  /** All fields are there and plain, and nothing else is. */
  takes(object: unknown): boolean {
    const keys = this.#keys;
    if (typeof object !== "object" || object === null || Array.isArray(object)) return false;
    let known = Object.keys(object).length;
    for (let at = 0; at < keys.length; at += 1) {
      const key = keys[at] as string;
      const value = (object as Record<string, unknown>)[key];
      const { type, nullable, mayMiss, look } = this.#fields[key] as Plain<v.GenericSchema>;
      if (value === undefined) {
        if (!mayMiss || key in object) return false;
        known += 1;
      } else if (value === null) {
        if (!nullable) return false;
      } else if (type !== "anything" && (typeof value !== type || (look !== undefined && !look(value as never)))) {
        return false;
      }
    }
    return known === keys.length;
  }
}

export const text: Plain<v.StringSchema<undefined>> = {
  type: "string",
  nullable: false,
  mayMiss: false,
  look: undefined,
  schema: () => v.string(),
};

export const flag: Plain<v.BooleanSchema<undefined>> = {
  type: "boolean",
  nullable: false,
  mayMiss: false,
  look: undefined,
  schema: () => v.boolean(),
};

export const plainCount = plain("number", isCount, () => v.pipe(v.number(), v.integer(), v.minValue(0)));

/** A text that has to pass a look too. */
export function plainText<S extends v.GenericSchema>(look: (value: string) => boolean, schema: () => S): Plain<S> {
  return plain("string", look, schema);
}

/** Whatever JSON has. */
export const anything: Plain<v.UnknownSchema> = {
  type: "anything",
  nullable: true,
  mayMiss: false,
  look: undefined,
  schema: () => v.unknown(),
};

/** Numbers pass; other things are the schema's to judge. */
export function mostlyNumber<S extends v.GenericSchema>(schema: () => S): Plain<S> {
  return plain("number", Number.isFinite, schema);
}

/** Always for the schema to judge. */
export function judged<S extends v.GenericSchema>(schema: () => S): Plain<S> {
  return plain("object", () => false, schema);
}

export function orNull<S extends v.GenericSchema>(field: Plain<S>): Plain<v.NullableSchema<S, undefined>> {
  return { ...field, nullable: true, schema: () => v.nullable(field.schema()) };
}

/** May be missing. */
export function maybe<S extends v.GenericSchema>(field: Plain<S>): Plain<v.OptionalSchema<S, undefined>> {
  return { ...field, mayMiss: true, schema: () => v.optional(field.schema()) };
}

/** May be missing; then it is `fallback`. */
export function optional<S extends v.GenericSchema, const F extends v.InferInput<S>>(
  field: Plain<S>,
  fallback: F,
): Plain<v.OptionalSchema<S, F>> {
  return { ...field, schema: () => v.optional(field.schema(), fallback) };
}

export const texts = plain(
  "object",
  (value: unknown) => Array.isArray(value) && value.every(isText),
  () => v.array(v.string()),
);

/** Texts by any key but those that valibot leaves out, because they would change what an object is. */
export const textsByKey = plain(
  "object",
  (value: object) => !Array.isArray(value) && Object.entries(value).every(([key, one]) => isText(one) && isKey(key)),
  () => v.record(v.string(), v.string()),
);

/** Another object of plain fields. */
export function nested<S extends v.GenericSchema>(schema: S): Plain<S> {
  return plain(
    "object",
    (value: unknown) => takes(schema, value),
    () => schema,
  );
}

export function listOf<S extends v.GenericSchema>(schema: S): Plain<v.ArraySchema<S, undefined>> {
  const look = (value: unknown) => Array.isArray(value) && value.every((one) => takes(schema, one));
  return plain("object", look, () => v.array(schema));
}

function plain<S extends v.GenericSchema, T>(
  type: Plain<S>["type"],
  look: (value: T) => boolean,
  schema: () => S,
): Plain<S> {
  return { type, nullable: false, mayMiss: false, look: look as (value: never) => boolean, schema };
}

function takes(schema: v.GenericSchema, value: unknown): boolean {
  return schema instanceof PlainObjectSchema && (schema as PlainObjectSchema).takes(value);
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isCount(value: number): boolean {
  return value >= 0 && Number.isInteger(value);
}

function isKey(key: string): boolean {
  return key !== "__proto__" && key !== "prototype" && key !== "constructor";
}
