import 'server-only'
import { monthRange } from '@/shared/usage/month-range'
import type { ModelUsage, UsageReport } from '@/shared/usage/usage-report'
import type { Services } from '../services'
import { priceOf } from './price-list'
import type { Price } from './price-setting'

export type UsageQuestion =
  | { month: string; timeZone: string }
  | { chatId: string }
  | { runId: string }

type Options = {
  services: Pick<Services, 'db' | 'env'>
  userId: string
  of: UsageQuestion
}

/** What a month, a chat or a run used, by model, and what that costs at the prices of today. */
export async function reportUsage({ services, userId, of }: Options): Promise<UsageReport> {
  const sums = await sumsOf(services, userId, of)
  const models = sums.map((used) => ({
    ...used,
    cost: costOf(used, priceOf(services.env.prices, used.model)),
  }))
  return {
    models,
    total: totalOf(models),
    unpriced: models.reduce((sum, { cost, answers }) => sum + (cost === null ? answers : 0), 0),
  }
}

function sumsOf({ db: { usage } }: Options['services'], userId: string, of: UsageQuestion) {
  if ('runId' in of) return usage.ofRun({ userId, ...of })
  if ('chatId' in of) return usage.ofChat({ userId, ...of })
  return usage.between({ userId, ...monthRange(of.month, of.timeZone) })
}

function costOf(
  { inputTokens, cachedInputTokens, outputTokens }: Omit<ModelUsage, 'cost'>,
  price: Price | undefined,
): number | null {
  if (!price) return null
  const cached = Math.min(cachedInputTokens, inputTokens)
  const { input, output, cachedInput = input } = price
  const millionths = (inputTokens - cached) * input + cached * cachedInput + outputTokens * output
  return millionths / 1_000_000
}

function totalOf(models: readonly ModelUsage[]): UsageReport['total'] {
  const sum = (of: (used: ModelUsage) => number) => models.reduce((all, each) => all + of(each), 0)
  const priced = models.some(({ cost }) => cost !== null)
  return {
    answers: sum(({ answers }) => answers),
    inputTokens: sum(({ inputTokens }) => inputTokens),
    cachedInputTokens: sum(({ cachedInputTokens }) => cachedInputTokens),
    outputTokens: sum(({ outputTokens }) => outputTokens),
    reasoningTokens: sum(({ reasoningTokens }) => reasoningTokens),
    cost: priced ? sum(({ cost }) => cost ?? 0) : null,
  }
}
