import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Prompt,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from '@ai-sdk/provider'
import type { EndpointInfo } from '@/shared/models/model-catalog'
import { demoScript, type DemoStep } from './demo-script'

type Options = {
  /** Time between two tokens; 20 ms are 50 tokens a second. */
  tokenIntervalMs?: number
  /** Waits, or rejects as soon as the signal fires. */
  wait?: (ms: number, signal: AbortSignal) => Promise<void>
}

const modelId = 'scripted-demo'

export const demoEndpoint = {
  id: 'demo',
  name: 'Demo',
  kind: 'demo',
  status: 'ready',
  models: [{ id: modelId, name: 'Scripted demo' }],
} satisfies EndpointInfo

/**
 * What answers when there is no model: a script in this process, which says that it is one. It shows what the app can do,
 * at the pace of a real model, and how to connect one.
 */
export function createDemoModel({
  tokenIntervalMs = 20,
  wait = waitFor,
}: Options = {}): LanguageModelV4 {
  async function* answer(
    options: LanguageModelV4CallOptions,
    signal: AbortSignal,
  ): AsyncGenerator<LanguageModelV4StreamPart> {
    const written = { text: 0, reasoning: 0 }
    let failed = false
    yield { type: 'stream-start', warnings: [] }
    for (const [index, step] of stepsFor(options.prompt).entries()) {
      if (step.type === 'pause') {
        await wait(step.ms, signal)
      } else if (step.type === 'error') {
        yield { type: 'error', error: step.error }
        failed = true
        break
      } else {
        const id = `${step.type}-${index}`
        yield { type: `${step.type}-start`, id }
        for (const token of tokensOf(step.text)) {
          await wait(tokenIntervalMs, signal)
          written[step.type] += 1
          yield { type: `${step.type}-delta`, id, delta: token }
        }
        yield { type: `${step.type}-end`, id }
      }
    }
    const reason = failed ? 'error' : 'stop'
    yield {
      type: 'finish',
      finishReason: { unified: reason, raw: reason },
      usage: usageOf(options.prompt, written),
    }
  }

  return {
    specificationVersion: 'v4',
    provider: demoEndpoint.id,
    modelId,
    supportedUrls: {},
    async doStream(options) {
      return { stream: streamOf((signal) => answer(options, signal), options.abortSignal) }
    },
    async doGenerate({ prompt, abortSignal }) {
      abortSignal?.throwIfAborted()
      const text = firstWords(lastUserText(prompt))
      return {
        content: [{ type: 'text', text }],
        finishReason: { unified: 'stop', raw: 'stop' },
        usage: usageOf(prompt, { text: tokensOf(text).length, reasoning: 0 }),
        warnings: [],
      }
    },
  }
}

async function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal })
}

function streamOf(
  generate: (signal: AbortSignal) => AsyncGenerator<LanguageModelV4StreamPart>,
  abortSignal: AbortSignal | undefined,
): ReadableStream<LanguageModelV4StreamPart> {
  const cancelled = new AbortController()
  const signal = abortSignal ? AbortSignal.any([abortSignal, cancelled.signal]) : cancelled.signal
  const parts = generate(signal)
  return new ReadableStream(
    {
      async pull(controller) {
        signal.throwIfAborted()
        const { done, value } = await parts.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: (reason) => cancelled.abort(reason),
    },
    { highWaterMark: 0 },
  )
}

/** When an answer is to be continued, only what it still lacks is said, and the failure is over. */
function stepsFor(prompt: LanguageModelV4Prompt): DemoStep[] {
  const { text, writtenSoFar } = askedFor(prompt)
  const steps = demoScript(text)
  const whole = steps.flatMap((step) => (step.type === 'text' ? [step.text] : [])).join('')
  const rest =
    writtenSoFar && whole.startsWith(writtenSoFar) ? whole.slice(writtenSoFar.length) : ''
  return rest ? [{ type: 'text', text: rest }] : steps
}

/** The newest question, and what has been answered to it where the prompt ends by asking to go on. */
function askedFor(prompt: LanguageModelV4Prompt): { text: string; writtenSoFar: string } {
  const [question, answer, request] = prompt.slice(-3)
  const goesOn =
    question?.role === 'user' &&
    answer?.role === 'assistant' &&
    request?.role === 'user' &&
    /was cut off\. Go on\b/.test(textOf([request]))
  return goesOn
    ? { text: textOf([question]), writtenSoFar: textOf([answer]) }
    : { text: lastUserText(prompt), writtenSoFar: '' }
}

function lastUserText(prompt: LanguageModelV4Prompt): string {
  return textOf(prompt.filter(({ role }) => role === 'user').slice(-1))
}

function textOf(messages: LanguageModelV4Prompt): string {
  return messages
    .flatMap(({ content }) =>
      typeof content === 'string'
        ? [content]
        : content.flatMap((part) => (part.type === 'text' ? [part.text] : [])),
    )
    .join('\n\n')
}

/** About as large as a model's tokens; joined again they are the text, and no character is cut in two. */
function tokensOf(text: string): string[] {
  return text.match(/\s*[A-Za-z]{1,6}|\s*[0-9]{1,3}|\s*[^\sA-Za-z0-9]|\s+$/gu) ?? []
}

function usageOf(
  prompt: LanguageModelV4Prompt,
  written: { text: number; reasoning: number },
): LanguageModelV4Usage {
  const input = tokensOf(textOf(prompt)).length
  return {
    inputTokens: { total: input, noCache: input, cacheRead: 0, cacheWrite: undefined },
    outputTokens: {
      total: written.text + written.reasoning,
      text: written.text,
      reasoning: written.reasoning,
    },
  }
}

function firstWords(text: string): string {
  const line =
    text
      .split('\n')
      .find((candidate) => candidate.trim())
      ?.trim() ?? ''
  if (/\p{Script=Han}/u.test(line)) return Array.from(line).slice(0, 18).join('')
  return line.split(/\s+/).slice(0, 6).join(' ').slice(0, 60)
}
