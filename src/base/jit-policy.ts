// When code is compiled. The executable is built to compile rarely, since most commands run nothing often (scripts/build.ts);
// processes that go on say so here.

/** So many times as often as usual a function has to run, or a loop to turn, until it is compiled. */
export const RARELY = 30;

/** From now on the runtime compiles as soon as it usually does. */
export function compileAsUsual(): void {
  Bun.unsafe.setJITPolicy(1);
}

/** From now on it compiles rarely. */
export function compileRarely(): void {
  Bun.unsafe.setJITPolicy(RARELY);
}
