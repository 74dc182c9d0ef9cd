// `#{e|op|flags|decimals:left,right}`: arithmetic on the two sides. Called by replace.ts.

const OPERATORS: Readonly<Record<string, (left: number, right: number) => number>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
  m: (left, right) => left % right,
  "%": (left, right) => left % right,
  "==": (left, right) => Number(Math.abs(left - right) < 1e-9),
  "!=": (left, right) => Number(Math.abs(left - right) > 1e-9),
  "<": (left, right) => Number(left < right),
  "<=": (left, right) => Number(left <= right),
  ">": (left, right) => Number(left > right),
  ">=": (left, right) => Number(left >= right),
};

/** What C makes of infinity as a whole number: a division by zero. */
const NO_INTEGER = "-9223372036854775808";

/** The most decimals that are written. */
const DECIMALS_LIMIT = 100;

/** The result as text; undefined when the operator or a side is wrong. Whole numbers unless the flags have `f`. */
export function evaluate(given: readonly string[], left: string, right: string): string | undefined {
  const [operator = "", flags = "", decimals] = given;
  const run = OPERATORS[operator];
  const sides = [left, right].map(numberOf);
  const [first, second] = sides;
  if (run === undefined || first === undefined || second === undefined) return undefined;
  const real = flags.includes("f");
  const digits = decimals === undefined ? (real ? 2 : 0) : wholeNumber(decimals);
  if (digits === undefined) return undefined;
  const result = real ? run(first, second) : run(Math.trunc(first), Math.trunc(second));
  const shown = real ? result : Math.trunc(result);
  if (!Number.isFinite(shown) && !real) return NO_INTEGER;
  if (!Number.isFinite(shown)) return Number.isNaN(shown) ? "-nan" : shown > 0 ? "inf" : "-inf";
  return (Object.is(shown, -0) ? 0 : shown).toFixed(Math.min(digits, DECIMALS_LIMIT));
}

/** As strtod reads it: nothing is 0. */
function numberOf(text: string): number | undefined {
  return text === "" || /^\s*[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|0[xX][0-9a-fA-F]+)$/.test(text)
    ? Number(text)
    : undefined;
}

function wholeNumber(text: string): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
