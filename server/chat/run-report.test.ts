import { context, trace, type Attributes, type SpanOptions } from '@opentelemetry/api'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { gate, step } from '@/e2e/upstream/steps'
import { log } from '../log'
import { stopRun } from './stop-run'
import { chatId, openChatBench, userId, type ChatBench } from './testing/chat-bench'

type Entry = { level: string; message: string; fields: Record<string, unknown> }

let entries: Entry[] = []

beforeEach(() => {
  entries = []
  for (const level of ['debug', 'info', 'warn', 'error'] as const) {
    vi.spyOn(log, level).mockImplementation((message, fields = {}) => {
      entries.push({ level, message, fields })
    })
  }
})

afterEach(() => {
  trace.disable()
  context.disable()
})

/** As the log would write them, with what an error says of itself. */
function logged(): string {
  return JSON.stringify(entries, (_, value: unknown) =>
    value instanceof Error ? `${value.message} ${value.stack}` : value,
  )
}

async function metricLines({ services }: ChatBench): Promise<string[]> {
  return (await services.metrics.expose()).text.split('\n')
}

it('logs the start and the end of a run with its ids and times', async () => {
  await using bench = await openChatBench(() => [step.text('Hello')])
  const { run, finished } = await bench.send('hi')
  await finished

  const ids = { runId: run.id, chatId }
  const ofRun = entries.filter(({ fields }) => fields['runId'] === run.id)
  expect(ofRun).toEqual([
    { level: 'info', message: 'A run has started.', fields: { ...ids, model: expect.any(String) } },
    {
      level: 'info',
      message: 'A run has ended.',
      fields: {
        ...ids,
        status: 'done',
        characters: 5,
        durationMs: expect.any(Number),
        firstTokenMs: expect.any(Number),
      },
    },
  ])
})

it('never logs a word of what was asked, thought, answered or made its title, nor the key', async () => {
  const words = ['Quaestio', 'Cogitatio', 'Responsum', 'Titulus', 'Querela']
  const hold = gate()
  let tries = 0
  await using bench = await openChatBench(({ userText }) => {
    if (userText.includes('fail')) return [step.status(400, { error: { message: 'Querela' } })]
    if (userText.includes('busy') && tries++ === 0)
      return [step.status(503, { error: { message: 'Querela' } })]
    if (userText.includes('stop')) return [step.text('Responsum'), step.wait(hold.opened)]
    return [step.reasoning('Cogitatio'), step.text('Responsum Titulus'.repeat(200))]
  })
  bench.services.db.runs.checkpointAll = () => Promise.reject(new Error('disk full'))
  for (const wish of ['answer', 'fail', 'busy'])
    await (
      await bench.send(`Quaestio ${wish}`)
    ).finished
  const { run, finished } = await bench.send('Quaestio stop')
  await vi.waitFor(async () => {
    expect((await bench.services.streamLog.head(run.id))?.seq).toBeGreaterThan(2)
  })
  const unsaved = 'A checkpoint could not be saved.'
  await vi.waitFor(() => expect(entries.map(({ message }) => message)).toContain(unsaved), 3000)
  await stopRun({ services: bench.services, userId, chatId, runId: run.id })
  await finished

  expect(entries.map(({ fields }) => fields['status']).filter(Boolean)).toEqual([
    'done',
    'failed',
    'done',
    'stopped',
  ])
  for (const word of [...words, 'sk-test']) expect(logged()).not.toContain(word)
  for (const { fields } of entries) expect(fields).toHaveProperty('runId')
})

it('counts runs by their end, and each try of the model that failed', async () => {
  let tries = 0
  await using bench = await openChatBench(({ userText }) =>
    userText === 'fail' || tries++ === 0 ? [step.status(503)] : [step.text('Hello')],
  )
  for (const text of ['hi', 'fail']) await (await bench.send(text)).finished

  expect(await metricLines(bench)).toEqual(
    expect.arrayContaining([
      'rivulet_runs_active 0',
      'rivulet_runs_total{status="done"} 1',
      'rivulet_runs_total{status="failed"} 1',
      'rivulet_upstream_errors_total{code="model-unavailable"} 4',
      'rivulet_first_token_seconds_count 1',
      'rivulet_stream_seconds_count 2',
    ]),
  )
})

it('counts checkpoints that could not be saved', async () => {
  const hold = gate()
  await using bench = await openChatBench(() => [
    step.text('a'.repeat(3000)),
    step.wait(hold.opened),
  ])
  bench.services.db.runs.checkpointAll = () => Promise.reject(new Error('disk full'))
  const { finished } = await bench.send('hi')
  await vi.waitFor(async () =>
    expect(await metricLines(bench)).toContain('rivulet_checkpoint_failures_total 1'),
  )
  hold.open()
  await finished
})

it('is traced as the AI SDK traces a call of a model, without any text', async () => {
  const spans = recordSpans()
  await using bench = await openChatBench(() => [
    step.reasoning('Cogitatio'),
    step.text('Responsum'),
  ])
  const { run, finished } = await bench.send('Quaestio')
  await finished

  expect(spans).toEqual([
    expect.objectContaining({
      name: 'chat test-model',
      ended: true,
      attributes: expect.objectContaining({
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'default',
        'gen_ai.request.model': 'test-model',
        'gen_ai.conversation.id': chatId,
        'gen_ai.response.finish_reasons': ['stop'],
        'gen_ai.usage.output_tokens': 2,
        'rivulet.run.id': run.id,
        'rivulet.run.status': 'done',
      }),
    }),
  ])
  expect(JSON.stringify(spans)).not.toMatch(/Quaestio|Cogitatio|Responsum/)
})

it('is traced as an error with its code when the model fails', async () => {
  const spans = recordSpans()
  await using bench = await openChatBench(() => [step.status(401)])
  await (
    await bench.send('hi')
  ).finished

  expect(spans).toEqual([
    expect.objectContaining({
      ended: true,
      status: { code: 2 },
      attributes: expect.objectContaining({ 'error.type': 'model-key-rejected' }),
    }),
  ])
})

type RecordedSpan = { name: string; attributes: Attributes; status?: object; ended: boolean }

/** A tracer behind OpenTelemetry's API, as an SDK puts one there. */
function recordSpans(): RecordedSpan[] {
  const spans: RecordedSpan[] = []
  trace.setGlobalTracerProvider({
    getTracer: () => ({
      startSpan: (name: string, options?: SpanOptions) =>
        record(spans, name, { ...options?.attributes }),
      startActiveSpan: () => {
        throw new Error('Not used here.')
      },
    }),
  })
  return spans
}

function record(spans: RecordedSpan[], name: string, attributes: Attributes) {
  const span: RecordedSpan = { name, attributes, ended: false }
  spans.push(span)
  return Object.assign(trace.wrapSpanContext({ traceId: '', spanId: '', traceFlags: 0 }), {
    setAttributes: (added: Attributes) => Object.assign(attributes, added),
    setStatus: (status: object) => Object.assign(span, { status }),
    end: () => Object.assign(span, { ended: true }),
  })
}
