import type { Page } from 'playwright/test'
import { expectFitsAcross } from '../fixtures/layout'
import { phone } from '../fixtures/screens'
import { expect, test } from '../fixtures/story-test'
import { step } from '../upstream/steps'

const quadratic = 'x = \\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}'

test('formulas are typeset, read aloud as MathML, and the library comes only with the first', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await chat.say('say: no formula here')
  await chat.finished()
  expect(await hasFormulaStyle(page)).toBe(false)
  expect(asked.filter((url) => url.includes('KaTeX'))).toEqual([])

  upstream.script(question, () => [
    { type: 'text', delta: `So \\(a^2 + b^2\\) it is:\n\n$$\n${quadratic}\n$$\n\nDone.` },
  ])
  await chat.say(question)
  await chat.finished()
  await expect(chat.answer.locator('.katex')).toHaveCount(2)
  await expect(chat.answer.locator('.katex-mathml math')).toHaveCount(2)
  expect(await hasFormulaStyle(page)).toBe(true)
  await page.reload()
  await chat.ready()
  await expect(chat.answer.locator('.katex')).toHaveCount(2)
})

test('chemistry is typeset, by what comes after the first of it', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  upstream.script(question, () => [
    { type: 'text', delta: 'So $a^2$, and $\\ce{2H2 + O2 -> 2H2O}$ at $\\pu{100 kPa}$.' },
  ])
  await chat.say(question)
  await chat.finished()
  for (const again of [false, true]) {
    if (again) await page.reload()
    await expect(chat.answer.locator('.katex')).toHaveCount(3)
    await expect(chat.answer.locator('.math-source')).toHaveCount(0)
  }
})

test('chemistry that could not be loaded waits for the next formula of it', async ({
  chat,
  page,
  upstream,
  watch,
  question,
}) => {
  watch.expect(/ERR_FAILED|chunk/i)
  const tex = '\\ce{2H2 + O2 -> 2H2O}'
  upstream.script(question, () => [step.text(`$$\n${tex}\n$$`)])
  await chat.say('say: So $a^2$.')
  await expect(chat.answer.locator('.katex')).toHaveCount(1)
  await page.route('**/*.js', (route) => route.abort())
  await chat.say(question)
  await chat.finished()
  await expect(chat.answer.locator('.math-waiting')).toHaveText(tex)

  await page.unroute('**/*.js')
  await chat.say(`${question} again`)
  await chat.finished()
  await expect(chat.log.locator('.math-waiting')).toHaveCount(0)
  await expect(chat.log.locator('.katex')).toHaveCount(3)
})

test('a formula that is still written is its source, and is typeset once when it ends', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  const [rest, more] = [upstream.gate(`${question} 1`), upstream.gate(`${question} 2`)]
  upstream.script(question, () => [
    { type: 'text', delta: '$$\n\\frac{a}{b}\n$$\n\n$$\n\\sum_{n=1}^\\infty ' },
    { type: 'wait', until: rest.opened },
    { type: 'text', delta: '\\frac{1}{n^2}\n$$\n\nThe end' },
    { type: 'wait', until: more.opened },
    { type: 'text', delta: ' of it.' },
  ])
  await chat.say(question)
  await expect(chat.answer.locator('.katex-display')).toHaveCount(1)
  await expect(chat.answer.locator('.math-source')).toContainText('\\sum_{n=1}^\\infty')
  await page.evaluate(() => {
    const first = document.querySelector('.katex-display')
    Reflect.set(window, 'first', first)
  })
  rest.open()
  await expect(chat.answer.locator('.katex-display')).toHaveCount(2)
  await expect(chat.answer.locator('.math-source')).toHaveCount(0)
  more.open()
  await chat.finished()
  await expect(chat.answer).toContainText('The end of it.')
  expect(
    await page.evaluate(
      () => document.querySelector('.katex-display') === Reflect.get(window, 'first'),
    ),
  ).toBe(true)
})

test('a selection is copied with its formulas as TeX', async ({
  chat,
  page,
  context,
  upstream,
  question,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  upstream.script(question, () => [
    { type: 'text', delta: `First \\(a^2\\) here.\n\n$$\n${quadratic}\n$$\n\nLast.` },
  ])
  await chat.say(question)
  await chat.finished()
  await expect(chat.answer.locator('.katex')).toHaveCount(2)
  await chat.answer
    .locator('.prose')
    .evaluate((prose) => document.getSelection()?.selectAllChildren(prose))
  await page.keyboard.press('ControlOrMeta+c')
  const copied = await page.evaluate(() => navigator.clipboard.readText())
  expect(copied.replaceAll(/\s*\n\s*/g, '\n')).toBe(`First $a^2$ here.\n$$${quadratic}$$\nLast.`)
  await expect(chat.answer.locator('.katex').first()).toBeVisible()
})

test('a wide formula scrolls in its own box, by keyboard too', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  await page.setViewportSize(phone.viewport)
  const wide = Array.from({ length: 30 }, (_, index) => `x_{${index}}`).join(' + ')
  upstream.script(question, () => [{ type: 'text', delta: `$$\n${wide} = 0\n$$` }])
  await chat.say(question)
  await chat.finished()
  const box = chat.answer.getByRole('group', { name: chat.words.markdown.formula })
  await expect(box).toHaveAttribute('tabindex', '0')
  await expect
    .poll(() => box.evaluate((element) => element.scrollWidth > element.clientWidth))
    .toBe(true)
  await expectFitsAcross(page)
})

test('security 3: 50,000 nested braces are text, at once', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  const formula = `${'{'.repeat(50_000)}<img src=x onerror="window.hacked=1">`
  upstream.script(question, () => [
    { type: 'text', delta: `\\(a\\)\n\n$$\n${formula}\n$$\n\nAfter.` },
  ])
  await chat.say(question)
  await chat.finished()
  await expect(chat.answer.locator('.katex')).toHaveCount(1)
  await expect(chat.answer.locator('.math-source')).toContainText('<img src=x onerror=')
  await expect(chat.answer.locator('img')).toHaveCount(0)
  expect(await page.evaluate(() => Reflect.get(window, 'hacked'))).toBeUndefined()
})

test('commands of a formula reach nothing outside it', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  const hostile = [
    '\\href{javascript:alert(1)}{x}',
    '\\url{https://evil.example}',
    '\\includegraphics{https://evil.example/x.png}',
    '\\htmlData{evil=1}{x}',
    '\\htmlStyle{position:fixed}{x}',
    '\\htmlClass{evil}{x}',
    '\\htmlId{evil}{x}',
    '\\rule{900em}{900em}',
    '\\def\\a{\\a\\a}\\a',
    `\\def\\a{${'x'.repeat(1_900)}}${'\\a '.repeat(600)}`,
    '\\text{<img src=x onerror=alert(1)>}',
    '\\left(',
  ]
  upstream.script(question, () =>
    hostile.map((tex) => ({ type: 'text', delta: `$$\n${tex}\n$$\n\n` })),
  )
  await chat.say(question)
  await chat.finished()
  await expect(chat.answer.locator('.katex').first()).toBeVisible()
  const prose = chat.answer.locator('.prose')
  await expect(prose.locator('a, img, [data-evil], .evil, #evil, [style*="fixed"]')).toHaveCount(0)
  const { width } = await prose.evaluate((element) => element.getBoundingClientRect())
  const viewport = page.viewportSize()
  expect(width).toBeLessThan(viewport?.width ?? 0)
  expect((await prose.evaluate((element) => element.scrollHeight)) < 3_000).toBe(true)
})

function hasFormulaStyle(page: Page): Promise<boolean> {
  return page.evaluate(() => [...document.fonts].some(({ family }) => family.includes('KaTeX')))
}
