import type { Profiler } from 'node:inspector'

/** What bench/processes/probe.mjs answers in a measured server. */
export type ProbeCommands = {
  memory(): Promise<NodeJS.MemoryUsage>
  startProfile(): Promise<void>
  stopProfile(): Promise<Profiler.Profile>
}
