import type { Page } from 'playwright/test'
import { startForeignServer } from '../fixtures/foreign-server'
import type { PageWatch } from '../fixtures/page-watch'
import { expect, test } from '../fixtures/story-test'

const flowchart =
  'flowchart TD\n  A[Rain] --> B{Ground full?}\n  B -->|yes| C[River]\n  B -->|no| D[Spring]'

const evil = 'https://evil.example'

const fenced = (source: string) => `\`\`\`mermaid\n${source}\n\`\`\`\n\n`

test('a diagram is drawn once its fence has closed, and its source is at hand', async ({
  chat,
  page,
  context,
  upstream,
  question,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const { markdown } = chat.words
  const rest = upstream.gate(question)
  upstream.script(question, () => [
    { type: 'text', delta: '```mermaid\nflowchart TD\n  A[Rain] --> ' },
    { type: 'wait', until: rest.opened },
    { type: 'text', delta: 'B[River]\n```\n\nAfter.' },
  ])
  await chat.say(question)
  await expect(chat.answer).toContainText('A[Rain] -->')
  await expect(page.locator('iframe')).toHaveCount(0)
  rest.open()
  await chat.finished()

  const box = chat.answer.getByRole('group', { name: 'Diagram: flowchart' }).first()
  const image = box.getByRole('img', { name: 'Diagram: flowchart' })
  await expect(image).toBeVisible({ timeout: 20_000 })
  expect(await isDrawn(page)).toBe(true)
  await box.getByRole('button', { name: markdown.showSource }).click()
  await expect(box).toContainText('A[Rain] --> B[River]')
  await box.getByRole('button', { name: markdown.copyCode }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    'flowchart TD\n  A[Rain] --> B[River]',
  )
  await box.getByRole('button', { name: markdown.showDiagram }).press('Enter')
  await box.getByRole('button', { name: markdown.enlarge }).click()
  const dialog = page.getByRole('dialog', { name: 'Diagram: flowchart' })
  await expect(dialog.getByRole('img')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
})

test('a diagram takes the colours of the theme', async ({ chat, page, upstream, question }) => {
  upstream.script(question, () => [{ type: 'text', delta: fenced(flowchart) }])
  await page.emulateMedia({ colorScheme: 'light' })
  await chat.say(question)
  await chat.finished()
  const image = chat.answer.getByRole('img')
  await expect(image).toBeVisible({ timeout: 20_000 })
  const light = await image.getAttribute('src')
  await page.emulateMedia({ colorScheme: 'dark' })
  await expect(image).not.toHaveAttribute('src', light ?? '', { timeout: 20_000 })
  await page.emulateMedia({ colorScheme: 'light' })
  await expect(image).toHaveAttribute('src', light ?? '')
})

test('what is no diagram is its source, with a word about it', async ({
  chat,
  upstream,
  question,
}) => {
  upstream.script(question, () => [
    { type: 'text', delta: fenced('flowchart TD\n  A -->') + fenced(flowchart) },
  ])
  await chat.say(question)
  await chat.finished()
  await expect(chat.answer.getByRole('img')).toBeVisible({ timeout: 20_000 })
  await expect(chat.answer.getByText(chat.words.markdown.diagramFailed)).toHaveCount(1)
  await expect(chat.answer.locator('pre')).toHaveText('flowchart TD\n  A -->')
})

const hostile = {
  click:
    'flowchart TD\n  A[link]\n  click A "javascript:window.hacked=1" "tip"\n  click A href "javascript:window.hacked=2"',
  call: 'flowchart TD\n  A[call]\n  click A call alert(1)',
  html: 'flowchart TD\n  A["<img src=https://evil.example/a.png onerror=window.hacked=3>"]\n  B["<script>window.hacked=4</script>"]',
  init: '%%{init: {"securityLevel": "loose", "htmlLabels": true, "flowchart": {"htmlLabels": true}, "secure": []}}%%\nflowchart TD\n  A["<b onclick=\'window.hacked=5\'>bold</b><iframe src=https://evil.example></iframe>"]',
  themeCss:
    '%%{init: {"themeCSS": "@import url(https://evil.example/a.css); * { background: url(https://evil.example/b.png) }"}}%%\nflowchart TD\n  A --> B',
  font: '%%{init: {"fontFamily": "a;} @import url(https://evil.example/c.css); svg{background:url(https://evil.example/d.png)", "themeVariables": {"fontFamily": "x;background:url(https://evil.example/e.png)"}}}%%\nflowchart TD\n  A --> B',
  style:
    'flowchart TD\n  A --> B\n  classDef evil fill:url(https://evil.example/f.svg),background:url(https://evil.example/g.png)\n  class A evil\n  style B fill:url(https://evil.example/h.svg)',
  image:
    'flowchart TD\n  A@{ img: "https://evil.example/i.png", label: "image", w: 60, h: 60 }\n  A --> B',
  icon: 'flowchart TD\n  A@{ icon: "fa:user", label: "icon" }',
  frontmatter:
    '---\nconfig:\n  securityLevel: loose\n  themeCSS: "@import url(https://evil.example/j.css)"\n---\nflowchart TD\n  A --> B',
  sequence:
    'sequenceDiagram\n  participant A as <img src=https://evil.example/k.png>\n  A->>A: <script>window.hacked=6</script>\n  link A: Go @ javascript:window.hacked=7\n  links A: {"Go": "https://evil.example/l"}',
  class:
    'classDiagram\n  class A~T~\n  click A href "javascript:window.hacked=8"\n  A : <img src=https://evil.example/m.png>',
  gantt:
    'gantt\n  title <img src=https://evil.example/n.png>\n  section S\n  A :a1, 2026-01-01, 3d\n  click a1 href "javascript:window.hacked=9"',
  prototype:
    '%%{init: {"__proto__": {"securityLevel": "loose"}, "constructor": {"prototype": {"hacked": 1}}}}%%\nflowchart TD\n  A --> B',
}

test('security 4: a diagram runs nothing and links nowhere', async ({
  chat,
  page,
  watch,
  upstream,
  question,
}) => {
  expectStoppedRequests(watch)
  const messages = await collectDrawings(page)
  upstream.script(question, () =>
    Object.values(hostile).map((source) => ({ type: 'text', delta: fenced(source) })),
  )
  await chat.say(question)
  await chat.finished()
  await settled(page, Object.keys(hostile).length)
  const drawn = await messages()
  expect(drawn.length).toBeGreaterThan(5)
  for (const svg of drawn) {
    expect(svg).not.toMatch(/<script|\son[a-z]+=|<iframe|<foreignObject/i)
    expect(svg).not.toMatch(/href="\s*javascript:/i)
  }
  await expect(chat.answer.locator('svg [href], foreignObject, object, embed')).toHaveCount(0)
  expect(await page.evaluate(() => Reflect.get(window, 'hacked'))).toBeUndefined()
  for (const frame of page.frames().slice(1))
    expect(await frame.evaluate(() => Reflect.get(window, 'hacked'))).toBeUndefined()
})

test('security 5: no diagram and no other fence asks anybody but this server', async ({
  chat,
  page,
  watch,
  upstream,
  question,
}) => {
  const foreign = await startForeignServer()
  expect((await fetch(`${foreign.url}/known`)).ok).toBe(true)
  expectStoppedRequests(watch)
  const others = ['html', 'svg', 'vega', 'vega-lite', 'csv', 'xml', 'css', 'markdown'].map(
    (language) =>
      `\`\`\`${language}\n<img src="${evil}/x.png"><style>@import "${evil}/y.css"</style>\n{"data": {"url": "${evil}/z.json"}}\n\`\`\`\n\n`,
  )
  const answer = [...Object.values(hostile).map(fenced), ...others].join('')
  upstream.script(question, () => [{ type: 'text', delta: answer.replaceAll(evil, foreign.url) }])
  await chat.say(question)
  await chat.finished()
  await settled(page, Object.keys(hostile).length)
  expect(foreign.asked).toEqual(['/known'])
  await foreign.stop()
})

test('security 7: the frame has no origin, and no way to the page', async ({
  chat,
  page,
  origin,
  watch,
  upstream,
  question,
}) => {
  watch.expect(/sandboxed|Content Security Policy|Blocked a frame|Failed to read|csp/)
  upstream.script(question, () => [{ type: 'text', delta: fenced(flowchart) }])
  await chat.say(question)
  await chat.finished()
  await expect(chat.answer.getByRole('img')).toBeVisible({ timeout: 20_000 })
  await expect(page.locator('iframe')).toHaveAttribute('sandbox', 'allow-scripts')
  const frame = page.frames().find((each) => each.url() === `${origin}/diagram/frame`)
  const probes = await frame?.evaluate(async () => {
    const outcome = async (probe: () => unknown) => {
      try {
        return String(await probe())
      } catch (error) {
        return error instanceof Error ? error.name : 'thrown'
      }
    }
    return {
      origin: self.origin,
      parent: await outcome(() => parent.document.title),
      cookie: await outcome(() => document.cookie),
      localStorage: await outcome(() => localStorage.length),
      sessionStorage: await outcome(() => sessionStorage.length),
      indexedDb: await outcome(() => indexedDB.open('probe')),
      fetch: await outcome(() => fetch('/api/chats')),
      elsewhere: await outcome(() => fetch('https://evil.example/')),
      popup: await outcome(() => open('https://evil.example/')),
    }
  })
  expect(probes).toEqual({
    origin: 'null',
    parent: 'SecurityError',
    cookie: 'SecurityError',
    localStorage: 'SecurityError',
    sessionStorage: 'SecurityError',
    indexedDb: 'SecurityError',
    fetch: 'TypeError',
    elsewhere: 'TypeError',
    popup: 'null',
  })
})

test('the page of the frame is ours alone to frame', async ({ request }) => {
  const headers = (await request.get('/diagram/frame')).headers()
  expect(headers['x-frame-options']).toBe('SAMEORIGIN')
  expect(headers['content-security-policy']).toMatch(
    /^default-src 'none'; script-src 'nonce-[^']+'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-scripts$/,
  )
  expect(headers['set-cookie']).toBeUndefined()
  expect((await request.get('/')).headers()['x-frame-options']).toBe('DENY')
  expect((await request.get('/diagram/..%2f..%2fpackage.json')).status()).toBe(404)
  expect((await request.get('/diagram/package.json')).status()).toBe(404)
})

/** What the frame's policy stops is begun, told on the console, and never leaves the browser. */
function expectStoppedRequests(watch: PageWatch): void {
  watch.expect(
    /Content Security Policy/,
    /^failed: GET \S+ csp$/,
    /^request elsewhere: \S+\/i\.png$/,
  )
}

/** Every diagram was drawn or given up. */
async function settled(page: Page, count: number): Promise<void> {
  const boxes = page
    .getByRole('log')
    .getByRole('group', { name: /^Diagram/ })
    .locator('visible=true')
  await expect(boxes.first()).toBeVisible()
  await expect
    .poll(
      () =>
        page.evaluate(async () => {
          // Drawn when they come into view, and replaced by what was drawn while the others are looked at.
          for (const box of document.querySelectorAll('[role="log"] .code-box')) {
            box.scrollIntoView({ block: 'center' })
            await new Promise((shown) => requestAnimationFrame(() => setTimeout(shown)))
          }
          return document.querySelectorAll('.diagram-canvas > img, .diagram-note').length
        }),
      { timeout: 60_000 },
    )
    .toBe(count)
}

/** The pictures that come out of the frame, from here on. */
async function collectDrawings(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const drawings: string[] = []
    Reflect.set(window, 'drawings', drawings)
    addEventListener('message', ({ data }: MessageEvent<{ svg?: string }>) => {
      if (typeof data.svg === 'string') drawings.push(data.svg)
    })
  })
  return () => page.evaluate(() => Reflect.get(window, 'drawings') as string[])
}

function isDrawn(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const image = document.querySelector<HTMLImageElement>('.diagram-canvas > img')
    return Boolean(image?.complete && image.naturalWidth > 0)
  })
}
