/** How much of everything a run measures. */
export type Plan = {
  rounds: number
  /** Streams at 50 tokens a second, for the cost of a token and for the first token beside them. */
  streams: number
  windowMs: number
  firstTokens: number
  /** By how much each step of the search for the most streams goes further. */
  step: number
  resumeTokens: number
  resumes: number
  memoryStreams: number
  cycles: number
}

export const fullPlan: Plan = {
  rounds: 3,
  streams: 50,
  windowMs: 4000,
  firstTokens: 150,
  step: 1.1,
  resumeTokens: 10_000,
  resumes: 9,
  memoryStreams: 200,
  cycles: 10_000,
}

/** Shows that everything works; its figures are rough. */
export const quickPlan: Plan = {
  rounds: 1,
  streams: 50,
  windowMs: 1500,
  firstTokens: 30,
  step: 1.4,
  resumeTokens: 10_000,
  resumes: 3,
  memoryStreams: 50,
  cycles: 500,
}
