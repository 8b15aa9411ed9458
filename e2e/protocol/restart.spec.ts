import { startServer, type RunningServer } from '../fixtures/server'
import { startScriptedUpstream, type ScriptedUpstream } from '../fixtures/scripted-upstream'
import { textOf } from '../fixtures/schemas'
import { Session } from '../fixtures/session'
import { bothApis, expect, test as base } from '../fixtures/test'
import { step } from '../upstream/steps'

type Kill = { server: RunningServer; upstream: ScriptedUpstream; session: Session }

/** A server of the test's own, which it may kill. */
const test = base.extend<{ kill: Kill }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this very pattern.
  kill: async ({}, use) => {
    const upstream = await startScriptedUpstream()
    const server = await startServer({ env: bothApis(upstream) })
    await use({ server, upstream, session: await Session.open(server.url) })
    await server.stop()
    await upstream.close()
  },
})

const continueInstruction = 'Your last answer was cut off.'
const paceMs = 20

/** Words that say how many came before them, without an end. */
function* countingForEver() {
  for (let word = 1; ; word += 1) {
    yield step.text(`w${word} `)
    yield step.wait(paceMs)
  }
}

test('row 4: a killed server loses a second of text at most, and the answer can be continued', async ({
  kill: { server, upstream, session },
  question,
  chatId,
}) => {
  const earlier = await session.send({
    chatId: `${chatId}-earlier`,
    text: 'say: All of this stays',
  })
  await earlier.completed()
  upstream.script(question, countingForEver)
  const stream = await session.send({ chatId, text: question })
  await stream.untilText('w120 ')

  const killedAt = Date.now()
  await server.kill('SIGKILL')
  expect(await stream.ended, 'the reader can tell that it was cut').toBe('cut')
  expect(stream.isComplete).toBe(false)
  await server.restart()

  const chat = await session.load(chatId)
  expect(chat.activeRunId).toBeNull()
  expect(chat.messages.map(({ role }) => role)).toEqual(['user', 'assistant'])
  const [asked, cut] = chat.messages
  expect(textOf(asked)).toBe(question)
  expect(cut?.metadata.status).toBe('interrupted')
  expect(cut?.id).toBe(stream.chunks[0]?.messageId)
  const kept = textOf(cut)
  expect(stream.text.startsWith(kept), 'what is kept is what was seen').toBe(true)
  const firstLost = stream.events.find(({ data }) => data.includes(nextWordOf(kept)))
  expect(killedAt - (firstLost?.at ?? killedAt), 'milliseconds of text lost').toBeLessThan(1200)

  expect((await session.attach(chatId)).status).toBe(204)
  expect((await session.attach(chatId, stream.lastEventId)).status).toBe(204)
  expect((await session.list()).map(({ activeRunId }) => activeRunId)).toEqual([null, null])
  const earlierAnswer = await session.lastMessage(`${chatId}-earlier`)
  expect(textOf(earlierAnswer)).toBe('All of this stays')
  expect(earlierAnswer?.metadata.status).toBe('done')

  upstream.script(continueInstruction, () => [step.text('and that is '), step.text('the end.')])
  const continued = await session.goOnWith(chatId, cut?.id ?? '')
  await continued.completed()
  const whole = `${kept}and that is the end.`
  expect(continued.text).toBe(whole)
  expect(continued.metadata?.status).toBe('done')
  const completed = await session.load(chatId)
  expect(completed.messages.map(({ id }) => id)).toEqual([asked?.id, cut?.id])
  expect(completed.messages[1]?.metadata.status).toBe('done')
  expect(completed.messages[1]?.parts.filter(({ type }) => type === 'text')).toHaveLength(1)
  expect(textOf(completed.messages[1])).toBe(whole)
  const [request] = upstream.asked(continueInstruction)
  expect(JSON.stringify(request?.body), 'the model knows what it had said').toContain(kept)
})

test('row 4: an answer that a kill has cut can be regenerated beside it', async ({
  kill: { server, upstream, session },
  question,
  chatId,
}) => {
  upstream.script(question, countingForEver)
  const stream = await session.send({ chatId, text: question })
  await stream.untilText('w5 ')
  await server.kill('SIGKILL')
  await server.restart()
  const [asked, cut] = (await session.load(chatId)).messages
  expect(cut?.metadata.status).toBe('interrupted')

  upstream.script(question, () => [step.text('This time whole.')])
  const regenerated = await session.regenerate(chatId, cut?.id ?? '')
  await regenerated.completed()
  const { messages } = await session.load(chatId)
  expect(messages.map(textOf)).toEqual([question, 'This time whole.'])
  expect(messages[0]?.id).toBe(asked?.id)
  expect(messages[1]?.id).not.toBe(cut?.id)
})

test('row 4: a message sent again after the kill finds the run that it had started', async ({
  kill: { server, upstream, session },
  question,
  chatId,
}) => {
  upstream.script(question, countingForEver)
  const messageId = crypto.randomUUID()
  const lost = await session.send({ chatId, text: question, messageId })
  await lost.untilText('w5 ')
  await server.kill('SIGKILL')
  await server.restart()

  const again = await session.send({ chatId, text: question, messageId })
  await again.completed()
  expect(again.runId).toBe(lost.runId)
  expect(again.metadata?.status).toBe('interrupted')
  expect(upstream.asked(question)).toHaveLength(1)
  expect((await session.load(chatId)).messages).toHaveLength(2)
})

test('row 6: on SIGTERM the answers under way may finish, new ones are refused, and the process ends', async ({
  kill: { server, upstream, session },
  question,
  chatId,
}) => {
  const gate = upstream.gate(question)
  upstream.script(question, function* () {
    yield step.text('Nearly ')
    yield step.wait(gate.opened)
    yield step.text('done')
  })
  const liveEvents = await session.liveEvents()
  const stream = await session.send({ chatId, text: question })
  await stream.untilText('Nearly ')
  const ended = server.kill('SIGTERM')
  await expect.poll(() => server.output()).toContain('Shutting down')
  const refused = await session.send({ chatId: `${chatId}-2`, text: 'say: Too late' })
  await refused.ended
  expect(refused.status).toBe(503)
  expect(refused.headers['retry-after']).toBe('1')
  expect(JSON.parse(refused.raw)).toMatchObject({ code: 'shutting-down' })

  gate.open()
  await stream.until(({ isComplete }) => isComplete)
  expect(stream.text).toBe('Nearly done')
  expect(await ended).toBe(0)
  await liveEvents.ended
  await server.restart()
  expect((await session.lastMessage(chatId))?.metadata.status).toBe('done')
})

function nextWordOf(kept: string): string {
  const words = kept.match(/w\d+ /g) ?? []
  return `"w${words.length + 1} "`
}
