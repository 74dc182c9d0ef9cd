// Text of programs as text of HTML and SVG. Every character that a program or a user chose goes through here on its
// way into a picture, so that it can never become an element, an attribute or a script.

const SPECIAL = /[&<>"']/g;
/** What XML 1.0 has no place for: controls, surrogates without their other half, two noncharacters. */
const NO_XML =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** For text between tags and for attributes in quotes. */
export function escapeMarkup(text: string): string {
  return text.replace(NO_XML, "\ufffd").replace(SPECIAL, (character) => ENTITIES[character] ?? "");
}

/** Schemes that open something and run nothing; cli.md and issue 3 name them. */
const SAFE_ADDRESS = /^(?:https?:\/\/|ftp:\/\/|file:\/\/|mailto:)[^\s\x00-\x1f\x7f-\x9f]+$/i;

/** The value of an `href`, escaped; undefined for an address that must not become a link. */
export function linkAddress(uri: string | undefined): string | undefined {
  return uri !== undefined && SAFE_ADDRESS.test(uri) ? escapeMarkup(uri) : undefined;
}
