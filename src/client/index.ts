// The public library: `import { connect } from "bide"`. The same client that every command uses. Runs on Bun
// and on Node 20 or later.

export { BideError, type ErrorCode } from "../base/errors.ts";
export type { Attach, TerminalSize } from "../protocol/attach-messages.ts";
export type { JournalEvent } from "../protocol/both-sockets.ts";
export type { HostInfo, HostMethod, HostParams, HostResult, ProcessInfo, Selector } from "../protocol/host-messages.ts";
export type { Session, StartOptions } from "../protocol/session.ts";
export type { AgentState, SessionState } from "../protocol/session-state.ts";
export type { InputItem, WorkerEvent, WorkerMethod, WorkerParams, WorkerResult } from "../protocol/worker-messages.ts";
export { type AttachEnd, type AttachHandlers, Attachment } from "./attachment.ts";
export { Bide } from "./bide.ts";
export { type ConnectOptions, connect } from "./connect.ts";
export type { HostHello } from "./host-connection.ts";
export type { PromptOptions, PromptOutcome, PromptResult } from "./prompt/submit-prompt.ts";
export type { CommandRecord } from "./run/command-records.ts";
export type { Run, RunCommand, RunEnd, RunOptions } from "./run/run.ts";
export { SessionConnection } from "./session-connection.ts";
export type { EventsOptions, OutputOptions, OutputPiece } from "./streams.ts";
export type { WaitCondition, WaitOptions, WaitOutcome, WaitState } from "./wait/condition.ts";
