import { expect, it } from 'vitest'
import { step } from '@/e2e/upstream/steps'
import { chatId, openChatBench, userId } from '../chat/testing/chat-bench'
import { reportUsage } from './report-usage'

const usage = { input: 1_000_000, cached: 400_000, output: 100_000, reasoning: 1000 }

async function openBench() {
  const bench = await openChatBench(() => [step.text('Hello'), step.finish('stop', usage)])
  const prices = { 'default/test-model': { input: 1, cachedInput: 0.5, output: 10 } }
  return { bench, prices }
}

it('an answer costs its input, its cached input and its output, by the model’s price', async () => {
  const { bench, prices } = await openBench()
  await using _ = bench
  await (
    await bench.send('One')
  ).finished
  const { message } = await bench.answer()
  const runId = message.metadata?.runId ?? ''
  const services = { ...bench.services, env: { ...bench.services.env, prices } }

  const report = await reportUsage({ services, userId, of: { runId } })

  expect(report.total).toMatchObject({
    answers: 1,
    inputTokens: 1_000_000,
    cachedInputTokens: 400_000,
    outputTokens: 100_000,
    reasoningTokens: 1000,
  })
  expect(report.total.cost).toBeCloseTo(0.6 + 0.2 + 1)
  expect(report.unpriced).toBe(0)
})

it('a model without a price has no cost, which is not a cost of nothing', async () => {
  const { bench } = await openBench()
  await using _ = bench
  await (
    await bench.send('One')
  ).finished
  await (
    await bench.send('Two')
  ).finished

  const report = await reportUsage({ services: bench.services, userId, of: { chatId } })

  expect(report.models).toMatchObject([{ answers: 2, cost: null }])
  expect(report.total.cost).toBeNull()
  expect(report.unpriced).toBe(2)
})

it('a month is that of the reader’s clock', async () => {
  const { bench } = await openBench()
  await using _ = bench
  await (
    await bench.send('One')
  ).finished
  const month = new Date(bench.services.now()).toISOString().slice(0, 7)
  const report = (of: string) =>
    reportUsage({ services: bench.services, userId, of: { month: of, timeZone: 'UTC' } })

  expect((await report(month)).total.answers).toBe(1)
  expect((await report('2020-01')).total).toMatchObject({ answers: 0, cost: null })
})
