import { expect, test } from '../fixtures/test'
import { step } from '../upstream/steps'

test('tells the usage of a run, its chat and its month, with the price or without one', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  const usage = { input: 120, cached: 20, output: 30, reasoning: 10 }
  upstream.script(question, () => [step.text('Hello'), step.finish('stop', usage)])
  const stream = await session.send({ chatId, text: question })
  await stream.completed()

  const month = new Date().toISOString().slice(0, 7)
  for (const query of [`run=${stream.runId}`, `chat=${chatId}`, `month=${month}`]) {
    const response = await session.fetch(`/api/usage?${query}`)
    expect(await response.json(), query).toMatchObject({
      models: [{ model: { provider: 'upstream', id: 'test-model' }, cost: null }],
      total: { answers: 1, inputTokens: 120, cachedInputTokens: 20, outputTokens: 30, cost: null },
      unpriced: 1,
    })
  }
})

for (const query of ['', '?month=2026-13', '?month=2026-11&chat=a', '?year=2026']) {
  test(`refuses to tell usage of “${query}”`, async ({ session }) => {
    const response = await session.fetch(`/api/usage${query}`)

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'invalid-request' })
  })
}
