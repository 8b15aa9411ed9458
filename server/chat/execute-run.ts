import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import type { LanguageModelV4Prompt } from '@ai-sdk/provider'
import { AnswerDraft } from '@/shared/chat/answer-draft'
import type { ChatMessage, MessageMetadata, MessagePart, RunTiming } from '@/shared/chat/message'
import { isTemporaryChat } from '@/shared/chat/temporary-chat'
import { defaultParameters } from '@/shared/models/parameters'
import type { RunEnd, StreamChunk } from '@/shared/stream/stream-event'
import type { RunRow } from '../db/run-row'
import { type CallParameters, callParametersOf } from '../models/call-options'
import type { ResolvedModel } from '../models/model-source'
import type { Services } from '../services'
import type { StreamLogWriter } from '../stream-log/stream-log'
import type { RunCheckpoints } from './checkpointer'
import { askFitting, fittingHistory } from './ask-fitting'
import { chunkOfPart } from './chunk-of-part'
import { chunksOfParts } from './chunks-of-message'
import { promptOf } from './prompt'
import { type FinishPart, receiveAnswer, UpstreamError } from './receive-answer'
import { RunEnding } from './run-ending'
import { RunReport } from './run-report'
import { loadRunSettings, type RunSettings } from './run-settings'
import { closingChunks, metadataOfOutcome, outcomeOfFinish, type RunOutcome } from './run-outcome'
import { splitDelta } from './split-delta'
import { WholeCharacters } from './whole-characters'

export type RunTask = {
  services: Services
  run: RunRow
  model: ResolvedModel
  /** The branch up to the message to answer; up to the kept answer when that is to be gone on with. */
  history: readonly ChatMessage[]
  writer: StreamLogWriter
  /** Goes on with what another process began: how the provider calls the answer, and the last event there was of it. */
  resumed?: { upstreamId: string; seq: number }
}

/**
 * `left` to another process, without an end. `short`: a resumed answer could not be brought to where it had been, so
 * nothing was saved.
 */
export type RunCompletion = RunEnd | 'left' | 'short'

/** Text and reasoning of one answer at most, in characters; past it the run fails with what it has. */
const answerLengthMax = 4_000_000

/**
 * Produces one answer: from the model's stream into the log, with checkpoints into the database. Belongs to no request
 * and never throws; however it ends, the end is saved on the message first and then told to the readers.
 */
export async function executeRun(task: RunTask): Promise<RunCompletion> {
  const recording = new Recording(task)
  const outcome = await recording.receive()
  if (outcome.status === 'left') return recording.leave()
  if (outcome.status === 'interrupted' && recording.seq < (task.resumed?.seq ?? 0))
    return recording.giveUp()
  return recording.finish(outcome)
}

class Recording {
  readonly #task: RunTask
  readonly #draft = new AnswerDraft()
  readonly #metadata: MessageMetadata
  readonly #ending: RunEnding
  readonly #checkpoints: RunCheckpoints
  readonly #report: RunReport
  readonly #startedAt = performance.now()
  readonly #timing: RunTiming = {}
  #reasoningSince: number | undefined
  /** The kept text that a continued answer goes on with: the model's first text part is appended to it. */
  #continuedId: string | undefined
  readonly #idOf = new Map<string, string>()
  readonly #characters = new WholeCharacters()
  #upstreamId: string | undefined
  #seq = 0

  constructor(task: RunTask) {
    this.#task = task
    const { run, services } = task
    this.#ending = new RunEnding(task)
    this.#report = new RunReport(task)
    this.#metadata = {
      status: 'running',
      createdAt: run.startedAt,
      runId: run.id,
      model: task.model.ref,
    }
    this.#upstreamId = task.resumed?.upstreamId
    this.#checkpoints = services.checkpointer.follow({
      progress: () => ({ ...this.#own, ...this.#snapshot() }),
      beat: () => ({ ...this.#own, now: services.now() }),
      onLost: () => void this.#ending.lose(),
      onError: (error) => this.#report.checkpointFailed(error),
    })
  }

  /** The last event of the log that was written here. */
  get seq(): number {
    return this.#seq
  }

  async receive(): Promise<RunOutcome | { status: 'left' }> {
    try {
      const { kept, instructions, parameters } = await this.#prepare()
      const finish = await this.#report.within(() =>
        askFitting(kept, (sent) => {
          this.#noteSent(sent)
          return this.#ask(promptOf(sent, instructions), parameters)
        }),
      )
      return outcomeOfFinish(finish)
    } catch (error) {
      return this.#outcomeOfError(error)
    }
  }

  /** Saves the end, then tells it: a reader that has seen `done` finds it in the database. */
  async finish(outcome: RunOutcome): Promise<RunEnd> {
    const { services, run, writer } = this.#task
    await this.#checkpoints.stop()
    this.#noteReasoningEnd()
    this.#timing.durationMs = Math.round(performance.now() - this.#startedAt)
    Object.assign(this.#metadata, metadataOfOutcome(outcome), { timing: this.#timing })
    for (const { id, type } of this.#draft.openIds) this.#append({ type: `${type}-end`, id })

    const saved = await this.#saveEnd(outcome.status)
    const told: RunOutcome = saved ? outcome : { status: 'interrupted' }
    this.#metadata.status = told.status
    this.#report.ended({
      outcome: told,
      timing: this.#timing,
      characters: this.#draft.length,
    })
    for (const chunk of closingChunks(this.#metadata)) writer.append(chunk)
    await writer.close(told.status)
    services.liveEvents.publish(run.userId, {
      type: 'run-ended',
      chatId: run.chatId,
      runId: run.id,
      status: told.status,
    })
    return told.status
  }

  /** Stores what there is, and says no more that the run lives. */
  async leave(): Promise<'left'> {
    await this.#checkpoints.stop()
    try {
      const { runs } = this.#task.services.db
      await runs.checkpoint({ ...this.#own, ...this.#snapshot(), now: 0 })
    } catch (error) {
      this.#report.checkpointFailed(error)
    }
    await this.#task.writer.release()
    this.#report.left()
    return 'left'
  }

  async giveUp(): Promise<'short'> {
    await this.#checkpoints.stop()
    this.#report.left()
    return 'short'
  }

  get #own() {
    return { runId: this.#task.run.id, instance: this.#task.services.instance }
  }

  /** Of a provider that writes on by itself, an answer that can be taken up again; any other's as it is. */
  #model(): ResolvedModel {
    const { model, run, resumed } = this.#task
    // A continued answer begins with text that no provider sends again, and a temporary chat is stored by none.
    if (!model.background || run.kind === 'continue' || isTemporaryChat(run.chatId)) return model
    const { background } = model
    const onResponseId = (id: string) => this.#noteUpstream(id)
    return {
      ...model,
      model: resumed ? background.resume(resumed.upstreamId) : background.start({ onResponseId }),
    }
  }

  /** What the model is asked with. The answer begins also when that cannot be read: it then has an end to tell. */
  async #prepare() {
    const { history, model } = this.#task
    try {
      const { instructions, parameters: chosen } = await this.#settings()
      const parameters = callParametersOf(chosen, model)
      const { contextTokens } = model
      const { maxOutputTokens } = parameters
      const kept = fittingHistory(history, { contextTokens, instructions, maxOutputTokens })
      this.#noteSent(kept)
      return { kept, instructions, parameters }
    } finally {
      this.#begin()
    }
  }

  /** An answer that is taken up again was asked for already. */
  async #settings(): Promise<RunSettings> {
    const { services, run, resumed } = this.#task
    return resumed
      ? { instructions: undefined, parameters: defaultParameters }
      : loadRunSettings(services, run)
  }

  #ask(prompt: LanguageModelV4Prompt, parameters: CallParameters): Promise<FinishPart | undefined> {
    const { services } = this.#task
    return receiveAnswer({
      model: this.#model(),
      prompt,
      parameters,
      signal: this.#ending.signal,
      limits: services.silenceLimits,
      describeError: (error) => services.describeModelError(error, this.#task.model),
      onFailedTry: (failure, attempt) => this.#report.failedTry(failure, attempt),
      onPart: (part) => {
        const chunk = chunkOfPart(part)
        if (chunk) this.#receiveChunk(chunk)
      },
    })
  }

  /** From where on the model is sent the branch stays on the message. No event of its own: another process has none. */
  #noteSent(sent: readonly ChatMessage[]): void {
    const [first] = sent
    if (first && sent.length < this.#task.history.length) this.#metadata.contextFrom = first.id
  }

  #noteUpstream(upstreamId: string): void {
    this.#upstreamId = upstreamId
    this.#task.services.db.runs
      .setUpstream({ runId: this.#task.run.id, upstreamId })
      .catch((error: unknown) => this.#report.checkpointFailed(error))
  }

  #begin(): void {
    const { run, history } = this.#task
    this.#append({ type: 'start', messageId: run.messageId, messageMetadata: this.#metadata })
    const kept = history.at(-1)
    if (kept?.role === 'assistant') this.#replayKept(kept.parts)
  }

  #replayKept(parts: readonly MessagePart[]): void {
    const chunks = chunksOfParts(parts)
    const last = chunks.at(-1)
    if (last?.type === 'text-end') {
      this.#continuedId = last.id
      chunks.pop()
    }
    for (const chunk of chunks) this.#append(chunk)
  }

  #receiveChunk(chunk: StreamChunk): void {
    this.#noteTiming(chunk)
    const placed = this.#place(chunk)
    const whole = placed ? this.#characters.take(placed) : []
    for (const piece of whole.flatMap(splitDelta)) this.#append(piece)
    if (this.#draft.length > answerLengthMax) {
      throw new UpstreamError({ code: 'answer-too-long', retryable: false }, { hasStarted: true })
    }
  }

  /** Lets the first new text part run on in the kept one. */
  #place(chunk: StreamChunk): StreamChunk | undefined {
    if (chunk.type === 'text-start' && this.#continuedId) {
      this.#idOf.set(chunk.id, this.#continuedId)
      this.#continuedId = undefined
      return undefined
    }
    if (!('id' in chunk) || chunk.id === undefined) return chunk
    const id = this.#idOf.get(chunk.id)
    return id === undefined ? chunk : { ...chunk, id }
  }

  #append(chunk: StreamChunk): void {
    this.#draft.apply(chunk)
    this.#seq = this.#task.writer.append(chunk)
    this.#checkpoints.note('delta' in chunk ? chunk.delta.length : 1)
  }

  #noteTiming(chunk: StreamChunk): void {
    const now = performance.now()
    if (chunk.type === 'text-delta' || chunk.type === 'reasoning-delta') {
      this.#timing.firstTokenMs ??= Math.round(now - this.#startedAt)
    }
    if (chunk.type === 'reasoning-start') this.#reasoningSince ??= now
    if (chunk.type === 'reasoning-end' || chunk.type === 'text-delta') this.#noteReasoningEnd()
  }

  #noteReasoningEnd(): void {
    if (this.#reasoningSince === undefined) return
    const reasoningMs = Math.round(performance.now() - this.#reasoningSince)
    this.#timing.reasoningMs = (this.#timing.reasoningMs ?? 0) + reasoningMs
    this.#reasoningSince = undefined
  }

  #outcomeOfError(error: unknown): RunOutcome | { status: 'left' } {
    switch (this.#ending.cause) {
      case 'stopped':
        return { status: 'stopped' }
      case 'taken':
      case 'unwanted':
        return { status: 'interrupted' }
      case 'leaving':
      case 'deadline':
        return { status: this.#upstreamId === undefined ? 'interrupted' : 'left' }
      case undefined:
        break
    }
    if (error instanceof UpstreamError) return { status: 'failed', error: error.runError }
    this.#report.broke(error)
    return { status: 'failed', error: { code: 'server-error', retryable: true } }
  }

  #snapshot() {
    return {
      parts: this.#draft.parts,
      seq: this.#seq,
      now: this.#task.services.now(),
      // Whoever takes the run up has not seen what was sent.
      ...(this.#metadata.contextFrom && {
        metadata: { contextFrom: this.#metadata.contextFrom },
      }),
    }
  }

  /**
   * Tries for about ten seconds. False when it could not be saved, or is no longer ours to save: it is then told as
   * interrupted, which is what the row is or will become.
   */
  async #saveEnd(status: RunEnd): Promise<boolean> {
    const { services } = this.#task
    for (let waitMs = 100; waitMs < 10_000; waitMs *= 3) {
      try {
        return await services.db.runs.end({
          ...this.#own,
          ...this.#snapshot(),
          status,
          parts: this.#draft.settledParts(),
          metadata: this.#metadata,
        })
      } catch (error) {
        this.#report.endUnsaved(error)
        await delay(waitMs)
      }
    }
    return false
  }
}
