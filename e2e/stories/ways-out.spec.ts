import { expect, test } from '../fixtures/story-test'
import { fill } from '../fixtures/words'
import { step } from '../upstream/steps'

test('Stop ends the answer, keeps what had come, and offers ways on', async ({
  chat,
  upstream,
  question,
}) => {
  await chat.say(`${question}\nsay: As far as here\nhold: ${question}\nsay: never seen`)
  await expect(chat.answer).toContainText('As far as here')
  const request = await upstream.whenAsked(question)

  await chat.stop.click()
  await expect(chat.answer).toContainText(chat.words.chat.stopped)
  await expect(chat.answer).toContainText('As far as here')
  await expect(chat.send).toBeVisible()
  await request.whenAborted
  await expect(chat.answer.getByRole('button', { name: chat.words.chat.continue })).toBeVisible()
  await expect(chat.answer.getByRole('button', { name: chat.words.chat.retry })).toBeVisible()

  await chat.page.reload()
  await chat.ready()
  await expect(chat.answer).toContainText(chat.words.chat.stopped)
  await expect(chat.answer).toContainText('As far as here')
})

test('stopped before the first word, the question stands there unanswered and can be tried again', async ({
  chat,
  upstream,
  question,
}) => {
  const gate = upstream.gate(question)
  await chat.say(`${question}\nhold: ${question}\nsay: Now it comes.`)
  await expect(chat.log).toContainText(fill(chat.words.chat.waiting, { model: 'test-model' }))
  await chat.stop.click()

  await expect(chat.log).toContainText(chat.words.chat.unanswered)
  await expect(chat.answers).toHaveCount(0)
  await expect(chat.send).toBeVisible()
  gate.open()
  await chat.log.getByRole('button', { name: chat.words.chat.retry }).click()
  await expect(chat.answer).toContainText('Now it comes.')
  await chat.finished()
  await expect(chat.questions).toHaveCount(1)
})

test('Answer again replaces the answer with another', async ({ chat, upstream, question }) => {
  let times = 0
  upstream.script(question, () => [step.text(`Answer number ${++times}.`)])
  await chat.say(question)
  await expect(chat.answer).toContainText('Answer number 1.')
  await chat.finished()

  await chat.answer.getByRole('button', { name: chat.words.chat.regenerate }).click()
  await expect(chat.answer).toContainText('Answer number 2.')
  await chat.finished()
  await expect(chat.log).not.toContainText('Answer number 1.')
  await expect(chat.answers).toHaveCount(1)
  await expect(chat.questions).toHaveCount(1)
  await chat.page.reload()
  await expect(chat.answer).toContainText('Answer number 2.')
  await expect(chat.answers).toHaveCount(1)
})

test('a failure says why, with the provider’s own words, and Try again mends it', async ({
  chat,
  upstream,
  question,
}) => {
  upstream.script(question, () => [
    step.text('Half of it '),
    step.error({ message: 'The cluster is on fire', code: 'server_error', type: 'server_error' }),
  ])
  await chat.say(question)
  const alert = chat.answer.getByRole('alert')
  await expect(alert).toContainText(chat.words.runErrors['model-unavailable'])
  await expect(chat.answer).toContainText('Half of it')
  await alert.getByText(chat.words.chat.details).click()
  await expect(alert).toContainText('The cluster is on fire')

  await chat.page.reload()
  await chat.ready()
  await expect(alert).toContainText(chat.words.runErrors['model-unavailable'])
  upstream.script(question, () => [step.text('The whole of it.')])
  await alert.getByRole('button', { name: chat.words.chat.retry }).click()
  await expect(chat.answer).toContainText('The whole of it.')
  await chat.finished()
  await expect(alert).toBeHidden()
  await expect(chat.answers).toHaveCount(1)
})

test('a key that the provider rejects is said with the next step, and is never shown', async ({
  chat,
  upstream,
  question,
}) => {
  const secret = 'sk-live-0000-aaaa-1111-bbbb-2222-cccc'
  upstream.script(question, () => [
    step.status(401, {
      error: { message: `Incorrect API key provided: ${secret}.`, code: 'invalid_api_key' },
    }),
  ])
  await chat.say(question)
  const alert = chat.answer.getByRole('alert')
  await expect(alert).toContainText(chat.words.runErrors['model-key-rejected'])
  expect(await chat.page.content()).not.toContain(secret)
})

test('a provider that asks for a pause is shown with a countdown', async ({
  chat,
  upstream,
  question,
}) => {
  upstream.script(question, () => [
    step.status(429, { error: { message: 'Slow down' } }, { 'retry-after': '120' }),
  ])
  await chat.say(question)
  const alert = chat.answer.getByRole('alert')
  await expect(alert).toContainText(chat.words.runErrors['model-rate-limited'])
  await expect(alert).toContainText(/1(1\d|20) s\./)
})

test('an answer that was cut goes on as one message', async ({ chat, upstream, question }) => {
  upstream.script(question, () => [
    step.text('The bridge has seven'),
    step.finish('length', undefined),
  ])
  await chat.say(question)
  await expect(chat.answer).toContainText(chat.words.chat.length)
  upstream.script('Your last answer was cut off.', () => [step.text(' arches of stone.')])
  await chat.answer.getByRole('button', { name: chat.words.chat.continue }).click()

  await expect(chat.answer).toContainText('The bridge has seven arches of stone.')
  await chat.finished()
  await expect(chat.answers).toHaveCount(1)
  expect(await chat.count('The bridge has seven')).toBe(1)
  await expect(chat.answer).not.toContainText(chat.words.chat.length)
  await chat.page.reload()
  await expect(chat.answer).toContainText('The bridge has seven arches of stone.')
  await expect(chat.answers).toHaveCount(1)
})
