import { codeToTokensBase, createShikiPrimitive } from '@shikijs/core'
import { createJavaScriptRegexEngine } from '@shikijs/engine-javascript'
import { afterEach, expect, test } from 'vitest'
import { classesOfColors, codeTheme } from './code-theme'
import { grammars } from './grammars'
import { serveHighlighting } from './highlight-service'
import { unpackTokens, type HighlightReply, type HighlightRequest } from './highlight-protocol'
import { languageIds, type LanguageId } from './languages'
import { samples } from './testing/samples'

const channels: MessageChannel[] = []

afterEach(() => {
  for (const { port1 } of channels.splice(0)) port1.close()
})

/** The service behind a real channel: what passes is cloned or transferred, as with a worker. */
function connect() {
  const channel = new MessageChannel()
  channels.push(channel)
  serveHighlighting(channel.port2)
  channel.port2.start()
  const replies: ((reply: HighlightReply) => void)[] = []
  channel.port1.addEventListener('message', ({ data }: MessageEvent<HighlightReply>) =>
    replies.shift()?.(data),
  )
  channel.port1.start()
  const ask = (request: HighlightRequest) =>
    new Promise<HighlightReply>((resolve) => {
      replies.push(resolve)
      channel.port1.postMessage(request)
    })
  const tell = (request: HighlightRequest) => channel.port1.postMessage(request)
  return { ask, tell }
}

async function tokensOf(reply: Promise<HighlightReply>): Promise<number[][]> {
  const settled = await reply
  if (settled.type !== 'tokenized') throw new Error(`Answered ${settled.type}.`)
  return unpackTokens(settled.tokens).map((line) => [...line])
}

// Of its own, but shared: it remembers compiled patterns.
const engine = createJavaScriptRegexEngine({ forgiving: true, cache: new Map() })
/** Some grammars, C++ first of all, take seconds to compile, and longer beside other tests. */
const compileMsMax = 90_000
const sampled = languageIds().filter((id) => samples[id])

test.each(sampled)(
  '%s line by line is the same as in one piece',
  async (language) => {
    const lines = (samples[language] ?? '').split('\n')
    const { ask } = connect()
    expect(await ask({ type: 'load', language })).toEqual({ type: 'loaded', language })

    const whole = await tokensOf(ask({ type: 'tokenize', document: 1, language, from: 0, lines }))
    const each: number[][] = []
    for (const [from, line] of lines.entries())
      each.push(
        ...(await tokensOf(ask({ type: 'tokenize', document: 2, language, from, lines: [line] }))),
      )
    expect(each).toEqual(whole)
    expect(each.map((line, index) => classesAt(line, lines[index] ?? ''))).toEqual(
      await wholeByShiki(language, lines.join('\n')),
    )
  },
  compileMsMax,
)

test('lines that are sent again replace what followed', async () => {
  const { ask } = connect()
  const language = 'typescript'
  await ask({ type: 'load', language })
  const send = (from: number, lines: string[]) =>
    tokensOf(ask({ type: 'tokenize', document: 1, language, from, lines }))
  const [, inComment] = await send(0, ['/* a', 'let b'])
  const [, inCode] = await send(0, ['let a', 'let b'])
  expect(inCode).not.toEqual(inComment)
  expect(await send(1, ['let b'])).toEqual([inCode])
})

test('a line that follows an unknown one is refused', async () => {
  const { ask, tell } = connect()
  const language = 'typescript'
  await ask({ type: 'load', language })
  const request = { type: 'tokenize', document: 1, language, lines: ['let a'] } as const
  await ask({ ...request, from: 0 })
  expect(await ask({ ...request, from: 5 })).toEqual({ type: 'tokenize-failed' })
  tell({ type: 'forget', document: 1 })
  expect(await ask({ ...request, from: 1 })).toEqual({ type: 'tokenize-failed' })
  expect(await ask({ ...request, from: 0 })).toMatchObject({ type: 'tokenized' })
})

/** What Shiki's own pass over the whole text says, as a class for each character that is not white space. */
async function wholeByShiki(language: LanguageId, code: string): Promise<(number | undefined)[][]> {
  const shiki = createShikiPrimitive({
    engine,
    langs: (await grammars[language]()).default,
    themes: [codeTheme],
    warnings: false,
  })
  const { colorMap } = shiki.setTheme('rivulet')
  const classes = classesOfColors(colorMap)
  const lines = codeToTokensBase(shiki, code, {
    lang: language,
    theme: 'rivulet',
    // Half a second a line by itself, which a busy machine needs for compiling the grammar.
    tokenizeTimeLimit: 0,
  })
  return lines.map((line) =>
    line.flatMap(({ content, color = '' }) =>
      visible(content, classes[colorMap.indexOf(color)] ?? 0),
    ),
  )
}

function classesAt(tokens: readonly number[], line: string): (number | undefined)[] {
  const all: (number | undefined)[] = []
  let start = 0
  for (let index = 0; index < tokens.length; index += 2) {
    const end = start + (tokens[index] ?? 0)
    all.push(...visible(line.slice(start, end), tokens[index + 1] ?? 0))
    start = end
  }
  return [...all, ...visible(line.slice(start), 0)]
}

function visible(text: string, ofClass: number): (number | undefined)[] {
  return Array.from(text, (character) => (character.trim() ? ofClass : undefined))
}
