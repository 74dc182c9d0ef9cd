// `bide export SEL`: what a session printed as a file to read, keep or send. The forms are rows of export/formats.ts;
// here is which one is meant and where its bytes go.

import { BideError } from "../../base/errors.ts";
import type { Command } from "../command.ts";
import { EXPORT_FORMATS, type ExportFormat } from "../export/formats.ts";
import type { Flags } from "../flags.ts";
import { writeBytes, writeJson } from "../output.ts";
import { OutputFile } from "../output-file.ts";
import { takeSelector } from "../selector.ts";

export const run: Command = async (context) => {
  const { flags, json } = context;
  const named = flags.text("output");
  const path = named === "-" ? undefined : named;
  const format = chosenFormat(flags, path);
  if (json && path === undefined) {
    throw new BideError("usage", "--json tells about the file that --output names", {
      hint: "without it, standard output is what was asked for",
    });
  }
  const { selector } = takeSelector(context);
  const pieces = (await format.load())(context, selector);
  if (path === undefined) {
    for await (const piece of pieces) writeBytes(piece);
    return 0;
  }
  const bytes = await writeFile(path, pieces);
  if (json) {
    const { session } = await (await context.connect()).request("session.resolve", { selector });
    writeJson({ schema_version: 1, session_id: session.session_id, format: format.name, path, bytes });
  }
  return 0;
};

/** @throws BideError `usage` unless exactly one form is asked for, by its flag or by the name of the file. */
function chosenFormat(flags: Flags, path: string | undefined): ExportFormat {
  const [first, second] = EXPORT_FORMATS.filter(({ name }) => flags.has(name));
  if (second !== undefined) throw new BideError("usage", `--${first?.name} and --${second.name} exclude each other`);
  const meant = first ?? EXPORT_FORMATS.find(({ endings }) => endings.some((ending) => path?.endsWith(ending)));
  if (meant !== undefined) return meant;
  const all = EXPORT_FORMATS.map(({ name }) => `--${name}`).join(", ");
  throw new BideError("usage", "which form?", { hint: `give one of ${all}` });
}

/** The file exists, with every byte, or is as it was. Returns how many bytes it has. */
async function writeFile(path: string, pieces: AsyncIterable<Uint8Array>): Promise<number> {
  let file: OutputFile | undefined;
  let bytes = 0;
  try {
    for await (const piece of pieces) {
      // A session that is not there is told before a file that cannot be written.
      file ??= OutputFile.open(path);
      file.write(piece);
      bytes += piece.length;
    }
    file ??= OutputFile.open(path);
    file.commit();
    return bytes;
  } finally {
    file?.discard();
  }
}
