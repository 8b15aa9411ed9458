import type { RunTiming, TokenUsage } from '../chat/message'

/** Too short to tell a speed by. */
const writingMsMin = 100

/** How fast an answer was written, from its first token on; nothing where that cannot be told. */
export function tokensPerSecond(
  usage: TokenUsage | undefined,
  timing: RunTiming | undefined,
): number | undefined {
  const { outputTokens } = usage ?? {}
  const { durationMs, firstTokenMs } = timing ?? {}
  if (!outputTokens || durationMs === undefined || firstTokenMs === undefined) return undefined
  const writingMs = durationMs - firstTokenMs
  return writingMs < writingMsMin ? undefined : (outputTokens * 1_000) / writingMs
}
