import type { Cycles, Memory } from './measures/memory'
import type { Resume } from './measures/resume'
import type { Streaming } from './measures/streaming'
import type { Machine } from './machine/machine'
import type { Plan } from './plan'

/** Everything one run found out. */
export type Results = {
  date: string
  quick: boolean
  plan: Plan
  machine: Machine
  /** Of a minute, before the run and after each round. */
  loadAverages: number[]
  streamsCompared: number
  contenders: ContenderResults[]
}

export type ContenderResults = {
  id: string
  label: string
  /** Medians of the rounds. */
  streaming: Streaming
  rounds: Streaming[]
  resume?: Resume
  resumeRounds?: Resume[]
  memory: Memory
  cycles?: Cycles
}
