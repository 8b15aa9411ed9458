import { step, type Step } from '@/e2e/upstream/steps'
import type { UpstreamRequest } from '@/e2e/upstream/request'
import { startUpstream, type Upstream } from '@/e2e/upstream/upstream'
import type { AnswerPlan } from '../plan/answer-plan'

export type Model = {
  readonly baseUrl: string
  readonly apiKey: string
  /** From now on its question is answered as planned. */
  expect(plan: AnswerPlan): void
  said(plan: AnswerPlan): Said
  forget(plan: AnswerPlan): void
  close(): Promise<void>
}

/** What a model was asked for one answer, and what it had said by when. */
export type Said = {
  askedCount: number
  /** For each token that left: how many characters had left with it, and when (milliseconds since the epoch). */
  progress: { length: number; at: number }[]
}

const apiKey = 'sk-chaos-0123456789abcdef'

/** A model server that answers each question as its plan has it, and every wish for a title alike. */
export async function startModel(): Promise<Model> {
  const upstream = await startUpstream({ apiKey })
  const plans = new Map<string, { plan: AnswerPlan; said: Said }>()
  upstream.respond((request) => {
    forgetRequests(upstream)
    const asked = request.body['stream'] === true ? plans.get(request.userText) : undefined
    return asked ? speak(asked.plan, asked.said) : title(request)
  })
  return {
    baseUrl: upstream.baseUrl,
    apiKey,
    expect: (plan) =>
      void plans.set(plan.question, { plan, said: { askedCount: 0, progress: [] } }),
    said: ({ question }) => plans.get(question)?.said ?? { askedCount: 0, progress: [] },
    forget: ({ question }) => void plans.delete(question),
    close: () => upstream.close(),
  }
}

function* speak({ text, paceMs, silence }: AnswerPlan, said: Said): Generator<Step> {
  said.askedCount += 1
  let length = 0
  for (const [index, token] of text.entries()) {
    if (index === silence?.token) yield step.wait(silence.ms)
    yield step.text(token)
    // A generator goes on when what it gave has been sent.
    length += token.length
    said.progress.push({ length, at: Date.now() })
    if (paceMs > 0) yield step.wait(paceMs)
  }
}

function* title({ body }: UpstreamRequest): Generator<Step> {
  if (body['stream'] === true) throw new Error('The model was asked something that nobody planned.')
  yield step.text('A title')
}

/** The upstream keeps all requests for tests; thousands of them are not needed here. */
function forgetRequests({ requests }: Upstream): void {
  if (requests.length > 1000) requests.length = 0
}
