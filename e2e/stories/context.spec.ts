import { startServer, type RunningServer } from '../fixtures/server'
import { expect, test as story } from '../fixtures/story-test'
import { bothApis, chatCompletionsModel } from '../fixtures/test'
import { patternOf } from '../fixtures/words'

const { provider, id } = chatCompletionsModel
const words = 'word '.repeat(300)

/** On a server whose model reads little. */
const test = story.extend<{ server1000: RunningServer }>({
  server1000: async ({ upstream }, use) => {
    const MODEL_CONTEXT = JSON.stringify({ [`${provider}/${id}`]: 1_000 })
    const server = await startServer({ env: { ...bothApis(upstream), MODEL_CONTEXT } })
    await use(server)
    await server.stop()
  },
  origin: ({ server1000 }, use) => use(server1000.url),
})

test('a chat that grows too long tells how full it is, and shows where the model no longer reads it', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  const { context } = chat.words
  await chat.say(`say: The first answer\n${question} once ${words}`)
  await chat.finished()
  const gauge = page.getByRole('button', { name: patternOf(context.share) })
  await gauge.click()
  const details = page.getByRole('dialog', { name: context.title })
  await expect(details).toContainText('1,000')
  await page.keyboard.press('Escape')
  await expect(gauge).toBeFocused()
  await expect(page.getByText(context.trimmed)).toBeHidden()

  await chat.say(`say: The second answer\n${question} again ${words}`)
  await expect(chat.questions.last().getByText(context.trimmed)).toBeVisible()
  await chat.finished()
  const sent = upstream.asked(question).map(({ body }) => JSON.stringify(body))
  expect(sent.map((body) => body.includes(`${question} once`))).toEqual([true, false])

  await page.reload()
  await chat.ready()
  await expect(chat.questions.last().getByText(context.trimmed)).toBeVisible()
  await expect(chat.questions.first()).toContainText('once')
})
