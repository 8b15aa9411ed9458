import type {
  LanguageModelV4CallOptions,
  LanguageModelV4Prompt,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider'
import { describe, expect, it } from 'vitest'
import { createDemoModel, demoEndpoint } from './demo-model'
import { runErrorOf } from './model-error'

function says(role: 'user' | 'assistant', text: string): LanguageModelV4Prompt[number] {
  return { role, content: [{ type: 'text', text }] }
}

async function play(prompt: string | LanguageModelV4Prompt) {
  const waits: number[] = []
  const model = createDemoModel({
    wait: async (ms) => {
      waits.push(ms)
    },
  })
  const call: LanguageModelV4CallOptions = {
    prompt: typeof prompt === 'string' ? [says('user', prompt)] : prompt,
  }
  const { stream } = await model.doStream(call)
  const parts = await Array.fromAsync(stream)
  return {
    parts,
    waits,
    text: joined(parts, 'text-delta'),
    reasoning: joined(parts, 'reasoning-delta'),
  }
}

function joined(
  parts: LanguageModelV4StreamPart[],
  type: 'text-delta' | 'reasoning-delta',
): string {
  return parts.flatMap((part) => (part.type === type ? [part.delta] : [])).join('')
}

function finishOf(parts: LanguageModelV4StreamPart[]) {
  const last = parts.at(-1)
  if (last?.type !== 'finish') throw new Error('the stream has no finish')
  return last
}

describe('demo model', () => {
  it('says that it is a script, and how to connect a model', async () => {
    for (const prompt of ['Hello', 'What can you do?', 'Who wrote the Odyssey?']) {
      const { text } = await play(prompt)
      expect(text).toContain('I am a script, not a model')
      expect(text).toContain("echo 'OPENAI_API_KEY=sk-…' >> .env.local")
      expect(text).toContain("echo 'OPENAI_BASE_URL=http://127.0.0.1:8080/v1' >> .env.local")
      expect(text).toContain('ollama pull')
    }
    expect(demoEndpoint).toMatchObject({ name: 'Demo', kind: 'demo' })
  })

  it('answers in the language of the question', async () => {
    const chinese = [
      '你好',
      '写一段 code',
      '展示一下 Markdown 的各种格式',
      '出错会怎样',
      '写一篇长文',
      '慢一点',
    ]
    for (const prompt of chinese) {
      const { text } = await play(prompt)
      expect(text).toMatch(/[。：]/u)
      expect(text).not.toMatch(/[\u4e00-\u9fff][,;!?]/u)
    }
    expect((await play('你好')).text).toContain('我是一段脚本，不是模型')
    expect((await play('Hello there')).text).not.toMatch(/[\u4e00-\u9fff]/u)
  })

  it.each([
    ['Give me a tour of Markdown', /^# .+[\s\S]*\n> [\s\S]*\n\| --- /],
    ['展示一下 Markdown 的各种格式', /^# .+[\s\S]*\n> [\s\S]*\n\| --- /],
    ['Write some code with a debounce function', /```ts\n[\s\S]*export function debounce/],
    ['用代码写一个防抖函数', /```ts\n[\s\S]*export function debounce/],
    ['a table please', /\n\| --- \|[\s\S]*---: \|/],
    ['画一张表格', /\n\| --- \|[\s\S]*---: \|/],
    [
      'Show the math of a bell curve, with prices in plain text',
      /\$\$[\s\S]*\\frac[\s\S]*\$5[^$]*\$12\.50/,
    ],
    ['写写正态分布的数学公式，顺便带上几个价格', /\$\$[\s\S]*\\frac[\s\S]*\$5[^$]*\$12\.50/],
  ])('plays the right piece to “%s”', async (prompt, pattern) => {
    const { text } = await play(prompt)
    expect(text).toMatch(pattern)
    expect(text.match(/^```/gm)?.length ?? 0).toSatisfy((fences: number) => fences % 2 === 0)
  })

  it('writes a few thousand words when asked for a long text', async () => {
    const english = await play('Write a long text')
    expect(english.text.split(/\s+/).length).toBeGreaterThan(2500)
    const chinese = await play('来一篇长文')
    expect(chinese.text.length).toBeGreaterThan(3000)
  })

  it('sends reasoning as parts of its own, before the answer', async () => {
    for (const prompt of [
      'Think it over: which of two doors should I open?',
      '好好思考一下：两扇门，我该开哪一扇？',
    ]) {
      const { parts, reasoning, text } = await play(prompt)
      expect(reasoning.length).toBeGreaterThan(100)
      expect(text.length).toBeGreaterThan(50)
      const kinds = parts.flatMap(({ type }) => (type.endsWith('-delta') ? [] : [type]))
      expect(kinds).toEqual([
        'stream-start',
        'reasoning-start',
        'reasoning-end',
        'text-start',
        'text-end',
        'finish',
      ])
      expect(finishOf(parts).usage.outputTokens.reasoning).toBeGreaterThan(50)
    }
  })

  it('fails midway as a provider does, and finishes the sentence when asked to go on', async () => {
    const { parts, text } = await play('Show me an error')
    const failure = parts.find((part) => part.type === 'error')
    expect(runErrorOf(failure?.error)).toMatchObject({ code: 'model-unavailable', retryable: true })
    expect(text).toMatch(/instead of a$/)
    expect(finishOf(parts).finishReason).toEqual({ unified: 'error', raw: 'error' })

    const rest = await play([
      says('user', 'Show me an error'),
      says('assistant', text),
      says('user', 'Your last answer was cut off. Go on from the exact character where it ended.'),
    ])
    expect(rest.text).toMatch(/^ full stop\./)
    expect(rest.parts.some(({ type }) => type === 'error')).toBe(false)
  })

  it('keeps one waiting for some seconds before a slow answer', async () => {
    const { waits } = await play('a slow answer')
    expect(waits[0]).toBeGreaterThanOrEqual(4000)
  })

  it('writes 40 to 60 tokens a second, and counts them', async () => {
    const { parts, waits, text } = await play('code')
    const deltas = parts.flatMap((part) => (part.type === 'text-delta' ? [part.delta] : []))
    expect(waits.slice(1)).toEqual(deltas.map(() => 20))
    expect(text.length / deltas.length).toBeLessThan(8)
    const { usage, finishReason } = finishOf(parts)
    expect(finishReason).toEqual({ unified: 'stop', raw: 'stop' })
    expect(usage.outputTokens.total).toBe(deltas.length)
    expect(usage.inputTokens.total).toBe(1)
  })

  it('cuts no character in two', async () => {
    const { parts } = await play('来一篇长文')
    const deltas = parts.flatMap((part) => (part.type === 'text-delta' ? [part.delta] : []))
    expect(deltas.filter((delta) => !delta.isWellFormed())).toEqual([])
  })

  it('stops at once when aborted, also while it waits', async () => {
    const abort = new AbortController()
    const model = createDemoModel({ tokenIntervalMs: 60_000 })
    const { stream } = await model.doStream({
      prompt: [says('user', 'slow')],
      abortSignal: abort.signal,
    })
    const reader = stream.getReader()
    await reader.read()
    const pending = reader.read()
    abort.abort()
    await expect(pending).rejects.toMatchObject({ name: 'AbortError' })
  })

  it('stops waiting when nobody reads any more', async () => {
    const given: AbortSignal[] = []
    const model = createDemoModel({
      wait: async (_, signal) => {
        given.push(signal)
      },
    })
    const { stream } = await model.doStream({ prompt: [says('user', 'hello')] })
    const reader = stream.getReader()
    for (let read = 0; read < 3; read += 1) await reader.read()
    await reader.cancel()
    expect(given.every(({ aborted }) => aborted)).toBe(true)
  })

  it('gives a few words of the question as a title', async () => {
    const title = async (text: string) => {
      const { content } = await createDemoModel().doGenerate({ prompt: [says('user', text)] })
      return content.map((part) => (part.type === 'text' ? part.text : '')).join('')
    }
    expect(await title('Give me a tour of Markdown, please\n\nHere is …')).toBe(
      'Give me a tour of Markdown,',
    )
    expect(await title('展示一下 Markdown 的各种格式\n\n# Markdown 一览')).toBe(
      '展示一下 Markdown 的各种格',
    )
    expect(await title('')).toBe('')
  })
})
