import { axeFindings } from '../fixtures/axe'
import { expect, test } from '../fixtures/story-test'
import { fill } from '../fixtures/words'

test('a saved prompt is found by “/” in any chat, asks for what it leaves open, and is sent', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  const { prompts: words, library } = chat.words
  await chat.say(question)
  await chat.finished()
  await page.goto(`${page.url()}?settings=prompts`)
  const dialog = chat.settings
  await dialog.getByRole('button', { name: words.create }).click()
  await dialog.getByRole('textbox', { name: library.name }).fill('Explain')
  await dialog
    .getByRole('textbox', { name: words.text, exact: true })
    .fill(`${question}: {{what}} for {{whom}}, only {{what}}`)
  await expect(dialog.getByText(fill(words.asksFor, { names: 'what and whom' }))).toBeVisible()
  await dialog.getByRole('button', { name: library.save }).click()
  await expect(
    dialog.getByRole('button', { name: fill(library.edit, { name: 'Explain' }) }),
  ).toBeFocused()
  await page.keyboard.press('Escape')

  await chat.composer.pressSequentially('/exp')
  await expect(page.getByRole('option', { name: 'Explain' })).toBeVisible()
  await page.keyboard.press('Tab')
  const asking = page.getByRole('dialog', { name: fill(words.fill, { name: 'Explain' }) })
  await expect(asking.getByRole('textbox', { name: 'what' })).toBeFocused()
  await page.keyboard.type('tides')
  await page.keyboard.press('Enter')
  await expect(asking.getByRole('textbox', { name: 'whom' })).toBeFocused()
  expect(await axeFindings(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(asking).toBeHidden()
  await expect(chat.composer).toBeFocused()
  await expect(chat.composer).toHaveValue('/exp')

  await page.keyboard.press('Enter')
  await asking.getByRole('textbox', { name: 'what' }).fill('tides')
  await asking.getByRole('textbox', { name: 'whom' }).fill('children')
  await page.keyboard.press('Enter')
  await expect(chat.composer).toBeFocused()
  await expect(chat.composer).toHaveValue(`${question}: tides for children, only tides`)
  await page.keyboard.press('Enter')
  await chat.finished()
  expect(upstream.asked(`${question}: tides for children`)).toHaveLength(1)
})
