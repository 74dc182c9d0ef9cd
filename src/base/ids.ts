// Session ids are UUIDs (version 4, lower case). The first 12 characters name the socket.

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function newId(): string {
  return crypto.randomUUID();
}

/** Whether text is shaped like an id; upper case counts, because users paste. */
export function isIdShaped(text: string): boolean {
  return UUID.test(text.toLowerCase());
}

/** Enough of an id to be unique in one runtime directory and short enough for a socket path. */
export function shortId(id: string): string {
  return id.slice(0, 12);
}
