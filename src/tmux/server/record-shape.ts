// What stands in the record of a tmux server. record.ts writes it; read-record.ts reads nothing that is not so, since a file
// may have been damaged or edited. What options, buffers and keys hold is judged by those who bring them back.

import * as v from "valibot";
import { count } from "../../protocol/count.ts";
import { lazily } from "../../protocol/lazily.ts";
import type { Layout } from "../layout/layout.ts";
import { MIRRORED, PRESETS } from "../layout/presets.ts";

const cells = v.pipe(count, v.minValue(1));
/** Seconds or milliseconds since 1970, as tmux has them. */
const time = v.number();

const box = { width: count, height: count, left: count, top: count };
const LayoutSchema: v.GenericSchema<Layout> = v.lazy(() =>
  v.variant("kind", [
    v.object({ kind: v.literal("pane"), pane: count, ...box }),
    v.object({ kind: v.picklist(["columns", "rows"]), cells: v.pipe(v.array(LayoutSchema), v.minLength(1)), ...box }),
  ]),
);

const EnvironmentSchema = v.record(v.string(), v.object({ value: v.nullable(v.string()), hidden: v.boolean() }));

const PaneSchema = v.object({
  id: count,
  session_id: v.string(),
  adopted: v.boolean(),
  argv: v.pipe(v.array(v.string()), v.readonly()),
  shell: v.string(),
  cwd: v.string(),
  start_path: v.string(),
  title: v.string(),
  title_over: v.nullable(v.string()),
  tty: v.string(),
  dead: v.nullable(
    v.object({ status: v.nullable(v.number()), signal: v.nullable(v.string()), time, text: v.string() }),
  ),
  history_limit: count,
  mode: v.nullable(v.string()),
  options: v.unknown(),
});
export type PaneRecord = v.InferOutput<typeof PaneSchema>;

const WindowSchema = v.object({
  id: count,
  name: v.string(),
  cols: cells,
  rows: cells,
  layout: LayoutSchema,
  zoomed: v.nullable(count),
  panes: v.pipe(v.array(PaneSchema), v.minLength(1)),
  active: v.nullable(count),
  last: v.array(count),
  last_layout: v.nullable(v.picklist([...PRESETS, ...MIRRORED])),
  old_layout: v.nullable(v.string()),
  created_at: time,
  manual_size: v.nullable(v.object({ cols: cells, rows: cells })),
  options: v.unknown(),
});
export type WindowRecord = v.InferOutput<typeof WindowSchema>;

const SessionSchema = v.object({
  id: count,
  name: v.string(),
  cwd: v.string(),
  created_at: time,
  activity_at: time,
  last_attached_at: time,
  group: v.nullable(v.string()),
  links: v.array(v.object({ index: count, window: count })),
  current: v.nullable(count),
  last: v.array(count),
  environment: EnvironmentSchema,
  options: v.unknown(),
});
export type SessionRecord = v.InferOutput<typeof SessionSchema>;

export const ServerRecordSchema = lazily(() =>
  v.object({
    schema_version: v.literal(1),
    socket: v.string(),
    started_at: time,
    next_session: count,
    next_window: count,
    next_pane: count,
    sessions: v.array(SessionSchema),
    windows: v.array(WindowSchema),
    environment: EnvironmentSchema,
    buffers: v.unknown(),
    settings: v.unknown(),
    /** Absent while nobody bound a key. */
    keys: v.optional(v.unknown()),
    marked: v.nullable(count),
  }),
);
export type ServerRecord = v.InferOutput<typeof ServerRecordSchema>;
