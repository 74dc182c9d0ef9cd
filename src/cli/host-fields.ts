// What `status` and `host status` say about the host.

import type { HostInfo } from "../protocol/host-messages.ts";
import { ageOf } from "./age.ts";
import type { Field } from "./field-list.ts";

export function hostFields(host: HostInfo): Field[] {
  return [
    ["host", `${host.version}, pid ${host.pid}`],
    ["state", host.state_dir],
    ["socket", host.socket],
    ["started", `${host.started_at} (${ageOf(host.started_at)} ago)`],
    ["sessions", host.sessions],
  ];
}
