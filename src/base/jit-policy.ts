// When code is compiled. The executable is built to interpret what runs a few hundred times, which is all that most commands
// do (scripts/build.ts); processes that go on say so here.

/** From now on the runtime compiles as soon as it usually does. */
export function compileAsUsual(): void {
  Bun.unsafe.setJITPolicy(1);
}
