import { fakeSpeech } from '../fixtures/fake-speech'
import { expect, test } from '../fixtures/story-test'
import { ChatPage } from '../pages/chat-page'

test('an answer is read out in its language, sentence by sentence, until it is stopped', async ({
  page,
}) => {
  const speech = await fakeSpeech(page)
  const chat = await new ChatPage(page).open()
  const { chat: words, speech: spoken } = chat.words
  await chat.say('say: Der Fluss ist breit, und das **Wasser** ist nicht tief.')
  await chat.finished()
  await chat.answer.getByRole('button', { name: words.more }).click()
  await page.getByRole('menuitem', { name: spoken.readAloud }).click()
  await expect
    .poll(speech.said)
    .toEqual([{ text: 'Der Fluss ist breit, und das Wasser ist nicht tief.', lang: 'de' }])
  const stop = page.getByRole('button', { name: spoken.stopReading })
  await stop.click()
  await expect(stop).toBeHidden()

  await chat.answer.getByRole('button', { name: words.more }).click()
  await page.getByRole('menuitem', { name: spoken.readAloud }).click()
  await expect(stop).toBeVisible()
  await speech.endSaying()
  await expect(stop).toBeHidden()
})

test('what is dictated appears as it is heard, behind what was written, and says when it fails', async ({
  page,
}) => {
  const speech = await fakeSpeech(page)
  const chat = await new ChatPage(page).open()
  const { speech: spoken } = chat.words
  await chat.composer.click()
  await chat.composer.fill('Dear Ada,')
  const dictate = page.getByRole('button', { name: spoken.dictate })
  const stop = page.getByRole('button', { name: spoken.stopDictation })
  await dictate.click()
  await expect(stop).toHaveAttribute('aria-pressed', 'true')
  await speech.hear('good', { isFinal: false })
  await expect(chat.composer).toHaveValue('Dear Ada, good')
  await speech.hear('good morning', { isFinal: true })
  await expect(chat.composer).toHaveValue('Dear Ada, good morning')
  await stop.click()
  await expect(chat.composer).toBeFocused()

  await dictate.click()
  await speech.failToHear('not-allowed')
  const alert = page.getByRole('alert').filter({ hasText: spoken.problem.notAllowed })
  await expect(alert).toBeVisible()
  await expect(dictate).toBeVisible()
  await alert.getByRole('button', { name: spoken.dismiss }).click()
  await expect(alert).toBeHidden()
  await expect(chat.composer).toHaveValue('Dear Ada, good morning')
})

test('没有语音功能的浏览器不显示相关按钮', async ({ anotherContext }) => {
  const context = await anotherContext({ locale: 'zh-CN' })
  const page = await context.newPage()
  await page.addInitScript(() => {
    for (const name of ['speechSynthesis', 'SpeechRecognition', 'webkitSpeechRecognition']) {
      Reflect.deleteProperty(window, name)
      Reflect.deleteProperty(Window.prototype, name)
    }
  })
  const chat = await new ChatPage(page, 'zh-CN').open()
  const { chat: words, speech } = chat.words
  await chat.say('say: 河面很宽。')
  await chat.finished()
  await chat.answer.getByRole('button', { name: words.more }).click()
  await expect(page.getByRole('menuitem', { name: words.copyPlain })).toBeVisible()
  await expect(page.getByRole('menuitem', { name: speech.readAloud })).toHaveCount(0)
  await expect(page.getByRole('button', { name: speech.dictate })).toHaveCount(0)
})
