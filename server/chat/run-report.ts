import 'server-only'
import {
  context,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
} from '@opentelemetry/api'
import type { RunTiming } from '@/shared/chat/message'
import type { RunError } from '@/shared/errors/run-error'
import { modelNameOf } from '@/shared/models/model-ref'
import type { RunRow } from '../db/run-row'
import { log } from '../log'
import type { ResolvedModel } from '../models/model-source'
import type { Services } from '../services'
import type { RunOutcome } from './run-outcome'

export type RunReportOptions = {
  services: Pick<Services, 'metrics'>
  run: Pick<RunRow, 'id' | 'chatId'>
  model: Pick<ResolvedModel, 'ref'>
}

/**
 * Tells those who run the server of one run, in the log, the metrics and a trace: its ids, times and sizes, never a word
 * of its text. Without an OpenTelemetry SDK in the process the trace is nothing and costs nothing.
 */
export class RunReport {
  readonly #options: RunReportOptions
  readonly #span: Span

  constructor(options: RunReportOptions) {
    const { services, model } = options
    this.#options = options
    this.#span = startSpan(options)
    services.metrics.runStarted()
    log.info('A run has started.', { ...this.#ids, model: modelNameOf(model.ref) })
  }

  /** Runs `work` so that what it traces, such as its requests, belongs to the run. */
  within<Result>(work: () => Result): Result {
    return context.with(trace.setSpan(context.active(), this.#span), work)
  }

  failedTry({ code, retryable, retryAfterSeconds }: RunError, attempt: number): void {
    this.#options.services.metrics.upstreamError(code)
    log.warn('The model failed.', {
      ...this.#ids,
      code,
      retryable,
      attempt,
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    })
  }

  checkpointFailed(error: unknown): void {
    this.#options.services.metrics.checkpointFailed()
    log.warn('A checkpoint could not be saved.', { ...this.#ids, error })
  }

  endUnsaved(error: unknown): void {
    log.error('The end of a run could not be saved.', { ...this.#ids, error })
  }

  /** A fault of ours, not of the model. */
  broke(error: unknown): void {
    log.error('A run broke.', { ...this.#ids, error })
  }

  /** Without an end: another process is to go on with it, or to end it. */
  left(): void {
    this.#options.services.metrics.runLeft()
    log.info('A run is left to another process.', this.#ids)
    this.#span.end()
  }

  ended({
    outcome,
    timing,
    characters,
  }: {
    outcome: RunOutcome
    timing: RunTiming
    characters: number
  }): void {
    const { status } = outcome
    const { durationMs = 0, firstTokenMs } = timing
    this.#options.services.metrics.runEnded({
      status,
      durationMs,
      ...(firstTokenMs !== undefined && { firstTokenMs }),
    })
    log.info('A run has ended.', {
      ...this.#ids,
      status,
      ...(outcome.status === 'failed' && { code: outcome.error.code }),
      characters,
      ...timing,
    })
    this.#span.setAttributes(attributesOfEnd(outcome, timing))
    if (outcome.status === 'failed') this.#span.setStatus({ code: SpanStatusCode.ERROR })
    this.#span.end()
  }

  get #ids(): { runId: string; chatId: string } {
    const { id, chatId } = this.#options.run
    return { runId: id, chatId }
  }
}

/** The semantic conventions for generative AI, as the AI SDK's own `streamText` is traced. */
function startSpan({ run, model }: RunReportOptions): Span {
  return trace.getTracer('rivulet').startSpan(`chat ${model.ref.id}`, {
    kind: SpanKind.CLIENT,
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': model.ref.provider,
      'gen_ai.request.model': model.ref.id,
      'gen_ai.conversation.id': run.chatId,
      'rivulet.run.id': run.id,
    },
  })
}

function attributesOfEnd(outcome: RunOutcome, { firstTokenMs }: RunTiming): Attributes {
  return {
    'rivulet.run.status': outcome.status,
    ...(firstTokenMs !== undefined && {
      'gen_ai.client.operation.time_to_first_chunk': firstTokenMs / 1000,
    }),
    ...(outcome.status === 'done' && {
      'gen_ai.response.finish_reasons': [outcome.finishReason ?? 'stop'],
    }),
    ...(outcome.status === 'failed' && { 'error.type': outcome.error.code }),
    ...('usage' in outcome && {
      'gen_ai.usage.input_tokens': outcome.usage?.inputTokens,
      'gen_ai.usage.output_tokens': outcome.usage?.outputTokens,
      'gen_ai.usage.cache_read.input_tokens': outcome.usage?.cachedInputTokens,
    }),
  }
}
