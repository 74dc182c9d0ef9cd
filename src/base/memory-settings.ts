// How the runtime treats memory in the processes that live for days: workers, of which there are many, and the host.
// It reads these variables only when it starts, so whoever starts such a process puts them into its environment; the
// program of a session has an environment of its own, without them. Measured one by one: docs/performance.md.

type Settings = Readonly<Record<string, string>>;

export const WORKER_MEMORY: Settings = {
  // Compiled code that is not used for a while is given back soon.
  BUN_JSC_useEagerCodeBlockJettisonTiming: "1",
  // The last stage of the compiler, which takes the most memory, is for code that runs for more than about 1 MB of output
  // (the runtime's own number is 64,000). A flood is parsed as fast; a burst of 10,000 lines does without.
  BUN_JSC_thresholdForFTLOptimizeAfterWarmUp: "1000000",
  // Its second stage comes after half as many runs (the runtime's own number is 1000): the echo of the first few hundred keys
  // is 0.02 ms faster, for 0.2 MB after a burst. 300 would be a little faster still, for 1.4 MB.
  BUN_JSC_thresholdForOptimizeAfterWarmUp: "500",
  // One thread compiles, not two: each has an allocator of its own, which keeps pages until the thread ends.
  BUN_JSC_minNumberOfWorklistThreads: "1",
  BUN_JSC_maxNumberOfWorklistThreads: "1",
  BUN_JSC_numberOfBaselineCompilerThreads: "1",
  // No thread keeps 32 blocks of 16 KiB ready for objects that an idle session never makes.
  BUN_JSC_useWarmUpMarkedBlocks: "0",
  // Free pages between blocks in use go back to the kernel too; by default the first 4 MiB of them are kept.
  MIMALLOC_PURGE_HOLES_LARGE_FLOOR: "0",
};

export const HOST_MEMORY: Settings = {
  ...WORKER_MEMORY,
  // A small heap that is collected often. In a worker it halves what a flood takes, but parsing colours costs 12 % more.
  BUN_JSC_forceMiniVMMode: "1",
};
