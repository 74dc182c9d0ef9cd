// The size of every terminal here: what bide gives a session by default.

export const SIZE = { cols: 120, rows: 40 };
