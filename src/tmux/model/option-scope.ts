// The options that are set on one thing: a session, a window, a pane. server/settings.ts says what holds where.

export type OptionScope = Record<string, string>;
