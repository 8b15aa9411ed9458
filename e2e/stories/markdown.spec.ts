import type { Locator } from 'playwright/test'
import { expectFitsAcross } from '../fixtures/layout'
import { phone } from '../fixtures/screens'
import { wheelUp } from '../fixtures/scrolling'
import { expect, test } from '../fixtures/story-test'
import { richAnswers } from '../states/rich-answers'
import { step } from '../upstream/steps'

const long = Array.from({ length: 40 }, (_, index) => `Paragraph ${index + 1} of many.`).join(
  '\n\n',
)

test('a footnote leads there and back, and the focus goes along', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  upstream.script(question, () => [step.text(`A claim[^1].\n\n${long}\n\n[^1]: Its source.`)])
  await chat.say(question)
  await chat.finished()
  const address = page.url()
  const reference = chat.answer.getByRole('link', { name: 'Footnote 1', exact: true })
  const note = chat.answer.getByRole('listitem').filter({ hasText: 'Its source.' })

  await reference.focus()
  await page.keyboard.press('Enter')
  await expect(note).toBeFocused()
  await expect(note).toBeInViewport({ ratio: 1 })
  await note.getByRole('link').click()
  await expect(reference).toBeFocused()
  await expect(reference).toBeInViewport({ ratio: 1 })
  expect(page.url()).toBe(address)
})

test('a table of contents leads to its headings', async ({ chat, page, upstream, question }) => {
  const answer = `- [The end](#the-end)\n- [Nowhere](#nowhere)\n\n${long}\n\n## The *end*`
  upstream.script(question, () => [step.text(answer)])
  await chat.say(question)
  await chat.finished()
  const heading = chat.answer.getByRole('heading', { name: 'The end' })
  await wheelUp(page, 100_000)
  await expect(heading).not.toBeInViewport()

  await chat.answer.getByRole('link', { name: 'The end' }).click()
  await expect(heading).toBeFocused()
  await expect(heading).toBeInViewport()
  await chat.answer.getByRole('link', { name: 'Nowhere' }).click()
  await expect(page).not.toHaveURL(/#/)
})

test.describe('a table', () => {
  const table = '| River | Length |\n| :-- | --: |\n| *Rhine* | 1,230 km |\n| =1+1 | \\| |'

  test('is copied as Markdown and as CSV, by keyboard too, and nothing moves for it', async ({
    chat,
    page,
    context,
    upstream,
    question,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    upstream.script(question, () => [step.text(table)])
    await chat.say(question)
    await chat.finished()
    const { markdown } = chat.words
    const asMarkdown = chat.answer.getByRole('button', { name: markdown.copyTableMarkdown })
    const asCsv = chat.answer.getByRole('button', { name: markdown.copyTableCsv })
    const copied = () => page.evaluate(() => navigator.clipboard.readText())
    const box = chat.answer.locator('.table-box')
    const before = await box.boundingBox()

    await page.mouse.move(0, 0)
    await expect(asCsv).toHaveCSS('opacity', '0')
    await box.hover()
    await expect(asCsv).toHaveCSS('opacity', '1')
    expect(await box.boundingBox()).toEqual(before)
    await asMarkdown.click()
    await expect.poll(copied).toBe(table.replace('---', '--'))

    await page.mouse.move(0, 0)
    await page.keyboard.press('Tab')
    await expect(asCsv).toBeFocused()
    await expect(asCsv).toHaveCSS('opacity', '1')
    await page.keyboard.press('Enter')
    await expect.poll(copied).toBe('River,Length\r\nRhine,"1,230 km"\r\n\'=1+1,|')
    await page.keyboard.press('Tab')
    await expect(chat.answer.getByRole('group', { name: markdown.table })).toBeFocused()
  })

  test.describe('on a phone', () => {
    test.use(phone)

    test('scrolls in its box, and shows what can be done with it', async ({
      chat,
      page,
      upstream,
      question,
    }) => {
      const cells = Array.from({ length: 12 }, (_, index) => `column ${index}`).join(' | ')
      const wide = `| ${cells} |\n|${' - |'.repeat(12)}\n| ${cells} |`
      upstream.script(question, () => [step.text(wide)])
      await chat.say(question)
      await chat.finished()
      const { markdown } = chat.words
      const scroller = chat.answer.getByRole('group', { name: markdown.table })
      expect(await overflowPx(scroller)).toBeGreaterThan(300)
      await expectFitsAcross(page)
      const copy = chat.answer.getByRole('button', { name: markdown.copyTableCsv })
      await expect(copy).toBeInViewport({ ratio: 1 })
      await expect(copy).toHaveCSS('opacity', '1')
      expect((await copy.boundingBox())?.height).toBeGreaterThanOrEqual(44)
    })
  })
})

test('the last frame while it streams and the finished answer look the same, pixel by pixel', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  const last = upstream.gate(question)
  const answer = `${richAnswers.en} It has a [^1].\n\n[^1]: And a note.`
  upstream.script(question, () => [
    ...answer.split(/(?<=\s)/).map(step.text),
    step.wait(last.opened),
  ])
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await chat.say(question)
  await expect(chat.answer).toContainText('And a note.')
  await expect(chat.answer.locator('pre .code-keyword').first()).toBeVisible()
  await expect(chat.answer.locator('.katex, math').first()).toBeVisible()
  await expect(chat.answer.locator('.table-action').first()).toBeAttached()
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  const prose = chat.answer.locator('.prose')
  const streaming = { size: await prose.boundingBox(), picture: await prose.screenshot() }
  const markup = await prose.innerHTML()

  last.open()
  await chat.finished()
  expect((await prose.boundingBox())?.height).toBe(streaming.size?.height)
  expect(await prose.innerHTML()).toBe(markup)
  expect((await prose.screenshot()).equals(streaming.picture), 'the same pixels').toBe(true)
})

function overflowPx(locator: Locator): Promise<number> {
  return locator.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)
}
