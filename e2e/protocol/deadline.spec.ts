import { countingForEver } from '../fixtures/cluster-test'
import { textOf } from '../fixtures/schemas'
import { startServer } from '../fixtures/server'
import { Session } from '../fixtures/session'
import { bothApis, expect, test } from '../fixtures/test'
import { step } from '../upstream/steps'

test('row 30: an answer that takes as long as it may ends as interrupted, and can be continued', async ({
  upstream,
  question,
  chatId,
}) => {
  await using server = await startServer({ env: { ...bothApis(upstream), RUN_SECONDS_MAX: '1' } })
  const session = await Session.open(server.url)
  upstream.script(question, () => countingForEver())
  const startedAt = Date.now()
  const stream = await session.send({ chatId, text: question })
  await stream.completed()
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1000)

  const cut = await session.lastMessage(chatId)
  expect(stream.metadata?.status).toBe('interrupted')
  expect(cut?.metadata.status).toBe('interrupted')
  expect(stream.text).not.toBe('')
  expect(textOf(cut)).toBe(stream.text)
  await expect.poll(() => upstream.asked(question)[0]?.aborted).toBe(true)

  upstream.script('Your last answer was cut off.', () => [step.text('and the end.')])
  const continued = await session.goOnWith(chatId, cut?.id ?? '')
  await continued.completed()
  expect(continued.text).toBe(`${stream.text}and the end.`)
  expect(continued.metadata?.status).toBe('done')
})
