// What may stand in config.toml. Loaded by config.ts only when there is such a file.

import * as v from "valibot";
import { parseDetachKey } from "../attach/detach-key.ts";
import { STATUS_THEMES } from "../protocol/session-state.ts";
import type { Configuration } from "./config.ts";

const attach: v.GenericSchema<Partial<Configuration["attach"]>> = v.strictObject({
  scrollback: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000))),
  status: v.optional(v.boolean()),
  status_theme: v.optional(v.picklist(STATUS_THEMES)),
  detach_key: v.optional(
    v.pipe(
      v.string(),
      v.rawCheck(({ dataset, addIssue }) => {
        if (!dataset.typed || parseDetachKey(dataset.value).ok) return;
        addIssue({ message: "", expected: "a key such as ctrl-\\, ctrl-], ctrl-b d or none" });
      }),
    ),
  ),
});

const shell: v.GenericSchema<Partial<Configuration["shell"]>> = v.strictObject({
  integration: v.optional(v.boolean()),
});

const ConfigurationSchema = v.strictObject({ attach: v.optional(attach), shell: v.optional(shell) });

/** The configuration that a parsed file gives, or what is wrong with it, with its place. */
export function checkConfiguration(table: unknown): v.InferOutput<typeof ConfigurationSchema> | { problem: string } {
  const checked = v.safeParse(ConfigurationSchema, table, { abortEarly: true });
  if (checked.success) return checked.output;
  const issue = checked.issues[0];
  const place = v.getDotPath(issue) ?? "the file";
  if (issue.expected === "never") return { problem: `${place}: there is no such key` };
  return { problem: `${place}: expected ${issue.expected ?? "another value"}, got ${issue.received}` };
}
