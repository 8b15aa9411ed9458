import type { Page } from 'playwright/test'
import { axeFindings } from '../fixtures/axe'
import { expect, test } from '../fixtures/story-test'
import { fill, patternOf, wordsOf } from '../fixtures/words'
import { ChatPage } from '../pages/chat-page'

const words = wordsOf.en.endpoints
const { edit, title } = words

async function openModels(page: Page, path = '/') {
  await page.goto(`${path}?settings=models`)
  const dialog = page.getByRole('dialog', { name: wordsOf.en.settingsDialog.title })
  const section = dialog.getByRole('region', { name: title })
  await expect(section).toBeVisible()
  return section
}

const savedBy = (page: Page) =>
  page.waitForResponse(
    (response) =>
      response.url().includes('/api/endpoints') && response.request().method() !== 'GET',
  )

test('somebody brings an endpoint along by keyboard, corrects its key, and is answered by its model', async ({
  page,
  upstream,
  question,
  watch,
}) => {
  watch.expect(/422/)
  const section = await openModels(page)
  await section.getByRole('button', { name: words.add }).press('Enter')
  const form = section.getByRole('form', { name: words.add })
  const [address, key] = [words.address, words.key].map((name) => form.getByLabel(name))
  await expect(form.getByLabel(words.address)).toBeFocused()
  await page.keyboard.type('api.example/v1')
  await page.keyboard.press('Enter')
  await expect(form.getByText(words.fault['address-invalid'])).toBeVisible()
  await expect(form.getByLabel(words.address)).toBeFocused()

  await address?.fill(upstream.baseUrl)
  await key?.fill('sk-wrong-0123456789')
  await page.keyboard.press('Escape')
  await expect(section).toBeHidden()
  await page.getByRole('button', { name: wordsOf.en.settingsDialog.goOn }).click()
  await expect(form.getByLabel(words.address)).toHaveValue(upstream.baseUrl)
  await expect(form.getByLabel(words.key)).toHaveValue('sk-wrong-0123456789')
  await form.getByLabel(words.name).fill('Own river')
  await page.keyboard.press('Enter')
  await expect(form.getByText(words.fault['key-rejected'])).toBeVisible()
  await expect(form.getByLabel(words.key)).toBeFocused()
  await expect(form.getByLabel(words.key)).toHaveAttribute('aria-invalid', 'true')
  expect(await axeFindings(page)).toEqual([])
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(upstream.apiKey)
  await page.keyboard.press('Enter')

  await expect(section.getByRole('status')).toHaveText(fill(words.saved, { name: 'Own river' }))
  await expect(section.getByRole('button', { name: words.add })).toBeFocused()
  await expect(section.getByRole('listitem')).toContainText(fill(words.keyEnd, { end: 'cdef' }))
  await page.keyboard.press('Escape')

  const chat = new ChatPage(page)
  await chat.chooseModel('Own river', 'test-reasoner')
  await chat.say(`${question}\nsay: From your own`)
  await chat.finished()
  await expect(chat.answer).toContainText('From your own')
  expect((await upstream.whenAsked(question)).body['model']).toBe('test-reasoner')
})

test('an endpoint is changed without its key, asks for it at another server, goes when it is deleted, and is not tried too often', async ({
  page,
  context,
  upstream,
  watch,
}) => {
  watch.expect(/422|429/)
  await page.goto('/')
  const { baseUrl, apiKey } = upstream
  const data = { name: 'River', kind: 'compatible', baseUrl, apiKey }
  expect((await context.request.post('/api/endpoints', { data })).status()).toBe(200)
  const other = await new ChatPage(await context.newPage()).open()
  await other.modelPicker.click()
  await expect(other.page.getByRole('group', { name: 'River' })).toBeVisible()

  const section = await openModels(page)
  await section.getByRole('button', { name: fill(edit, { name: 'River' }) }).click()
  const form = section.getByRole('form', { name: fill(edit, { name: 'River' }) })
  await expect(form.getByLabel(words.key)).toHaveValue('')
  await expect(form.getByText(fill(words.keyKept, { end: 'cdef' }))).toBeVisible()
  await form.getByLabel(words.name).fill('Delta')
  const tested = Promise.withResolvers<void>()
  await page.route('**/api/endpoints/*', async (route) => {
    await tested.promise
    await route.continue()
  })
  await form.getByRole('button', { name: words.save }).click()
  await expect(form.getByRole('button', { name: words.testing })).toBeVisible()
  await section.getByRole('button', { name: words.add }).click()
  const another = section.getByRole('form', { name: words.add })
  await another.getByLabel(words.address).fill('https://other.example/v1')
  tested.resolve()
  const changed = section.getByRole('button', { name: fill(edit, { name: 'Delta' }) })
  await expect(changed).toBeVisible()
  await expect(another.getByLabel(words.address)).toHaveValue('https://other.example/v1')
  await expect(another.getByLabel(words.address)).toBeFocused()
  await another.getByRole('button', { name: words.cancel }).click()
  await changed.focus()
  await expect(other.page.getByRole('group', { name: 'Delta' })).toBeVisible()

  await page.keyboard.press('Enter')
  const again = section.getByRole('form', { name: fill(edit, { name: 'Delta' }) })
  await again.getByLabel(words.address).fill('http://127.0.0.1:1/v1')
  await expect(again.getByText(words.keyAgain)).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(again.getByText(words.fault['key-needed-again'])).toBeVisible()
  await again.getByRole('button', { name: words.cancel }).click()

  await section.getByRole('button', { name: fill(words.remove, { name: 'Delta' }) }).press('Enter')
  await expect(section.getByRole('button', { name: words.removeNow })).toBeFocused()
  await Promise.all([savedBy(page), page.keyboard.press('Enter')])
  await expect(section.getByRole('listitem')).toHaveCount(0)
  await expect(section.getByRole('button', { name: words.add })).toBeFocused()
  await expect(other.page.getByRole('group', { name: 'Delta' })).toHaveCount(0)

  const tryWrong = () =>
    context.request.post('/api/endpoints', { data: { ...data, apiKey: 'sk-wrong-0123456789' } })
  await expect.poll(async () => (await tryWrong()).status(), { intervals: [0] }).toBe(429)
  await page.keyboard.press('Enter')
  const last = section.getByRole('form', { name: words.add })
  await last.getByLabel(words.address).fill(baseUrl)
  await page.keyboard.press('Enter')
  await expect(last.getByRole('alert').filter({ hasText: words.tooFast })).toBeVisible()
  const countdown = last.getByText(patternOf(wordsOf.en.chat.retryIn))
  await expect(countdown).toBeVisible()
  await expect(countdown).toBeHidden()
})
