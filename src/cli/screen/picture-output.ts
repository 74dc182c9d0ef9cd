// Pictures of screens on their way out: which form the flags ask for, and where it goes. What draws a picture is loaded
// only when one is asked for. Rule kept: a PNG never reaches a terminal, where it would be noise.

import { isatty } from "node:tty";
import { BideError, unwrap } from "../../base/errors.ts";
import type { Environment } from "../../base/locations.ts";
import type { Picture, PictureSource } from "../../terminal/picture/picture.ts";
import { visible } from "../../terminal/visible.ts";
import type { Flags } from "../flags.ts";
import { say, writeBytes } from "../output.ts";
import { writeOutputFile } from "../output-file.ts";

export type PictureFormat = "html" | "svg" | "png";

/** The one of `forms` that was asked for. @throws BideError `usage` for two at once, and for `-o` without a picture. */
export function chosenForm<F extends string>(flags: Flags, forms: readonly F[]): F | undefined {
  const [first, second] = forms.filter((form) => flags.has(form));
  if (second !== undefined) throw new BideError("usage", `--${first} and --${second} exclude each other`);
  if (flags.has("output") && !isPicture(first)) {
    throw new BideError("usage", "--output goes with a picture", { hint: "redirect everything else: bide ... > FILE" });
  }
  if (first === "png" && pictureFile(flags) === undefined && isatty(1)) {
    throw new BideError("usage", "a PNG is bytes, and standard output is a terminal", {
      hint: "give -o FILE, or redirect it: bide ... --png > FILE",
    });
  }
  return first;
}

export function isPicture(form: string | undefined): form is PictureFormat {
  return form === "html" || form === "svg" || form === "png";
}

/**
 * To the file that `-o` names, else to standard output.
 * @throws BideError `unsupported` when PNGs cannot be made here; those of files.
 */
export async function writePicture(
  format: PictureFormat,
  source: PictureSource,
  flags: Flags,
  env: Environment,
): Promise<void> {
  const bytes = await drawPicture(format, source, env);
  const file = pictureFile(flags);
  if (file === undefined) writeBytes(bytes);
  else writeOutputFile(file, bytes);
}

/** The bytes of the file. @throws BideError `unsupported` when PNGs cannot be made here. */
export async function drawPicture(format: PictureFormat, source: PictureSource, env: Environment): Promise<Uint8Array> {
  const { pictureOf } = await import("../../terminal/picture/picture.ts");
  return render(format, pictureOf(source), env);
}

/** Undefined for standard output, which `-` means too. */
function pictureFile(flags: Flags): string | undefined {
  const file = flags.text("output");
  return file === "-" ? undefined : file;
}

async function render(format: PictureFormat, picture: Picture, env: Environment): Promise<Uint8Array> {
  if (format === "html") return encoder.encode((await import("../../terminal/picture/html.ts")).htmlOf(picture));
  if (format === "svg") return encoder.encode((await import("../../terminal/picture/svg.ts")).svgOf(picture));
  const { pngOf } = await import("../../terminal/picture/png.ts");
  const { bytes, undrawn } = unwrap(await pngOf(picture, env));
  if (undrawn.length > 0) sayUndrawn(undrawn);
  return bytes;
}

const MOST_NAMED = 10;

function sayUndrawn(characters: readonly string[]): void {
  const some = visible(characters.slice(0, MOST_NAMED).join(" "));
  const more = characters.length > MOST_NAMED ? ` and ${characters.length - MOST_NAMED} more` : "";
  say(`bide: no font on this machine draws ${some}${more}; they are empty boxes in the picture`);
}

const encoder = new TextEncoder();
