import type { ChatDetail } from '@/shared/chat/chat-summary'
import type { ChatMessage } from '@/shared/chat/message'
import type { Problem } from '@/shared/errors/problem'
import type { ModelRef } from '@/shared/models/model-catalog'
import type { ChatApi } from '../api/chat-api'
import { busyProblem, ProblemError, unreachableProblem } from '../api/http'
import type { FrameScheduler } from '../stream/frames'
import { withinMs } from '../stream/timers'
import { createEarlierMessages, type EarlierMessages, type EarlierStatus } from './earlier-messages'
import { createForks, type ForkStore } from './forks'
import { dropEmptyAnswer, isUnfinished, lastAnswerAt, markEnded } from './last-answer'
import { createPersistentLoader, type PersistentLoader } from './persistent-loader'
import type { ChatSession, SendOutcome } from './chat-session'
import { ChatMessageStore } from './chat-store'
import { createResumableTransport, type ConnectionState } from './resumable-transport'
import type { ConnectionEnvironment } from './run-connections'
import { createQueueCell, type QueueCell } from './queue/queue-cell'
import { phaseOfAnswer, type SessionPhase } from './session-phase'
import { createStreamedChat, type StreamedChat } from './streamed-chat'
import { createTurn, type Turn } from './turn'

export type SessionEnvironment = ConnectionEnvironment & {
  api: ChatApi
  frames: FrameScheduler
  /** Whether bursts of text are spread over some frames. */
  isPaced: () => boolean
  newId: () => string
  onRunAccepted?: (run: {
    chatId: string
    runId: string | undefined
    text: string | undefined
  }) => void
  onRunEnded?: (run: { chatId: string; runId: string }) => void
}

const stopGraceMs = 3_000

type SessionOptions = {
  chatId: string
  seed?: ChatDetail | undefined
  environment: SessionEnvironment
}

type TurnOptions = {
  text?: string
  model: ModelRef | undefined
  perform: (turn: Turn) => Promise<void>
  undo: () => void
}

export function createChatSession(options: SessionOptions): ChatSession {
  return new StreamingChatSession(options)
}

class StreamingChatSession implements ChatSession {
  readonly chatId: string
  readonly seedPhase: SessionPhase
  readonly seedModel: ModelRef | null
  readonly seedEarlier: EarlierStatus
  readonly store: ChatMessageStore
  readonly queue: QueueCell
  readonly #environment: SessionEnvironment
  readonly #transport: ReturnType<typeof createResumableTransport>
  readonly #chat: StreamedChat
  readonly #listeners = new Set<() => void>()
  readonly #endedRunIds = new Set<string>()
  readonly #recovery: PersistentLoader
  readonly forks: ForkStore
  readonly #earlier: EarlierMessages

  #phase: SessionPhase
  #problem: Problem | undefined
  #earlierStatus: EarlierStatus
  #model: ModelRef | null
  #connection: ConnectionState = 'idle'
  #turn: Turn | undefined
  #turnEnded: Promise<void> = Promise.resolve()
  /** A run the server named before anybody watched. */
  #awaitedRunId: string | null
  #changedWhileUnwatched = false
  #changedWhileBusy: { runId?: string | null; updatedAt?: number } | undefined
  #elsewhereRunId: string | null
  #isWritingElsewhere: boolean
  #switch: AbortController | undefined
  #knownUpdatedAt: number
  #loading: { abort: AbortController; isRecovery: boolean } | undefined
  #isChanging = false

  constructor({ chatId, seed, environment }: SessionOptions) {
    this.chatId = chatId
    this.#environment = environment
    this.seedModel = seed?.model ?? null
    this.#model = this.seedModel
    const activeRunId = seed?.activeRunId ?? null
    this.#awaitedRunId = seed?.activeElsewhere ? null : activeRunId
    this.#elsewhereRunId = seed?.activeElsewhere ? activeRunId : null
    this.#isWritingElsewhere = this.#elsewhereRunId !== null
    this.#knownUpdatedAt = seed?.updatedAt ?? 0
    this.store = new ChatMessageStore({
      messages: seed?.messages ?? [],
      schedule: environment.frames,
      isPaced: environment.isPaced,
    })
    this.queue = createQueueCell(seed?.queue)
    this.forks = createForks(seed)
    this.#earlier = createEarlierMessages({
      chatId,
      store: this.store,
      api: environment.api,
      hasEarlier: seed?.hasEarlier ?? false,
      onPage: this.forks.take,
      onChange: () => this.#changed(() => undefined),
    })
    this.seedEarlier = this.#earlier.status
    this.#earlierStatus = this.seedEarlier
    this.#recovery = createPersistentLoader({ chatId, environment })
    this.#transport = createResumableTransport({
      ...environment,
      hooks: {
        onConnection: (state) => this.#changed(() => this.#setConnection(state)),
        onAccepted: (runId) => this.#onAccepted(runId),
        onLost: (reason) => {
          if (this.#turn) this.#turn.lost = reason
        },
      },
    })
    this.#chat = createStreamedChat({
      chatId,
      store: this.store,
      transport: this.#transport,
      newId: environment.newId,
    })
    this.#phase = this.#phaseNow()
    this.seedPhase = this.#phase
    this.store.subscribe(() => {
      this.#noteNewVersion()
      this.#changed(() => undefined)
    })
  }

  get phase(): SessionPhase {
    return this.#phase
  }

  get problem(): Problem | undefined {
    return this.#problem
  }

  get model(): ModelRef | null {
    return this.#model
  }

  get earlier(): EarlierStatus {
    return this.#earlierStatus
  }

  get isWritingElsewhere(): boolean {
    return this.#isWritingElsewhere
  }

  get isDroppable(): boolean {
    return this.#listeners.size === 0 && !this.#isBusy
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    this.#onWatched()
    return () => void this.#listeners.delete(listener)
  }

  send = async ({ text, model }: { text: string; model?: ModelRef }): Promise<SendOutcome> => {
    const message = this.#newMessage(text, this.store.messages.at(-1)?.id ?? null)
    return this.#startTurn({
      text,
      model,
      perform: () => this.#chat.sendMessage(message, { body: { model } }),
      undo: () => this.store.removeMessage(message.id),
    })
  }

  edit = async (input: {
    messageId: string
    text: string
    model?: ModelRef
  }): Promise<SendOutcome> => {
    const { messageId, text, model } = input
    const parentId = this.#parentOf(messageId)
    const message = this.#newMessage(text, parentId)
    return this.#startBeside({
      text,
      model,
      perform: () => {
        this.forks.add(messageId, message.id)
        return this.#chat.editMessage(message, { messageId, body: { model, parentId } })
      },
      undo: () => this.forks.remove(message.id),
    })
  }

  regenerate = async (input: { messageId: string; model?: ModelRef }): Promise<SendOutcome> => {
    const { messageId, model } = input
    const isAnswer = this.store.message(messageId)?.role === 'assistant'
    return this.#startBeside({
      model,
      perform: (turn) => {
        turn.besideId = isAnswer ? messageId : undefined
        return this.#chat.regenerate({ messageId, body: { model } })
      },
      undo: () => undefined,
    })
  }

  continueAnswer = async (input: { messageId: string; model?: ModelRef }): Promise<SendOutcome> => {
    const { messageId, model } = input
    return this.#startTurn({
      model,
      perform: async (turn) => {
        const request = { id: this.chatId, messageId, ...(model && { model }) }
        await this.#transport.startOnly(
          { ...request, trigger: 'continue-message' },
          turn.abort.signal,
        )
        await this.#resume(turn)
      },
      undo: () => undefined,
    })
  }

  stop = async (): Promise<void> => {
    const turn = this.#turn
    if (!turn && this.#elsewhereRunId) return this.#stopElsewhere(this.#elsewhereRunId)
    if (!turn) return this.#giveUpRecovery()
    turn.stopRequested = true
    const ended = this.#turnEnded
    await withinMs(this.#environment.timers, stopGraceMs, (signal) =>
      Promise.race([this.#stopRun(turn, signal).then(() => ended), ended]),
    )
    if (this.#turn !== turn) return
    turn.abort.abort()
    await this.#chat.stop()
    await ended
  }

  hydrate = (detail: ChatDetail): void => {
    if (this.#isBusy || this.#isOutdated(detail)) return
    this.#adopt(detail)
  }

  noteChange = (change: { runId?: string | null; updatedAt?: number }): void => {
    const { runId, updatedAt } = change
    const sawRun = !runId || this.#endedRunIds.has(runId) || this.#awaitedRunId === runId
    if (this.#isBusy) {
      // The next run may be told of before the stream of this one has ended.
      this.#changedWhileBusy = { ...this.#changedWhileBusy, ...change }
      return
    }
    if (sawRun && (updatedAt ?? 0) <= this.#knownUpdatedAt) return
    if (this.#listeners.size > 0) void this.#load({ isRecovery: false })
    else this.#changedWhileUnwatched = true
  }

  showBranch = async (
    load: (signal: AbortSignal) => Promise<ChatDetail>,
  ): Promise<Problem | undefined> => {
    const turn = this.#turn
    if (this.#phase === 'sending') return busyProblem
    this.#switch?.abort()
    const { signal } = (this.#switch = new AbortController())
    try {
      const detail = await load(signal)
      if (signal.aborted) return undefined
      this.#switch = undefined
      // What was begun meanwhile is on the branch that the server has selected by now.
      if (this.#turn && this.#turn !== turn)
        this.noteChange({ updatedAt: Number.POSITIVE_INFINITY })
      else await this.#show(detail)
      return undefined
    } catch (error) {
      if (signal.aborted) return undefined
      this.#switch = undefined
      return error instanceof ProblemError ? error.problem : unreachableProblem
    }
  }

  noteBranch = (leafId: string): void => {
    if (this.#switch || this.store.messages.at(-1)?.id === leafId) return
    if (this.#listeners.size === 0 && !this.#isBusy) this.#changedWhileUnwatched = true
    else void this.showBranch((signal) => this.#environment.api.loadChat(this.chatId, signal))
  }

  loadEarlier = (): Promise<void> => this.#earlier.load()

  loadUntil = (messageId: string): Promise<boolean> => this.#earlier.loadUntil(messageId)

  releaseEarlier = (): void => {
    if (this.isDroppable) this.#earlier.release()
  }

  // One turn.

  async #startTurn(options: TurnOptions): Promise<SendOutcome> {
    const { text, model, perform, undo } = options
    if (this.#isBusy) return { status: 'refused', problem: busyProblem }
    const turn = createTurn({ starts: true })
    this.#beginTurn(turn, perform)
    const ended = this.#turnEnded
    await Promise.race([turn.accepted, ended])
    if (turn.acceptedCount > 0) {
      this.#changed(() => (this.#model = model ?? this.#model))
      this.#environment.onRunAccepted?.({ chatId: this.chatId, runId: turn.runId, text })
      return { status: 'sent' }
    }
    undo()
    const problem = turn.failure instanceof ProblemError ? turn.failure.problem : unreachableProblem
    // The server may be writing after all: for somebody else, or for this very request.
    const mayBeRunning = problem.code === 'chat-busy' || problem.code === unreachableProblem.code
    if (mayBeRunning) void this.#load({ isRecovery: false, stopsRun: turn.stopRequested })
    return { status: 'refused', problem }
  }

  /** A turn that leads to another branch. What is written here now is let go of; the server ends it for this one. */
  async #startBeside(options: TurnOptions): Promise<SendOutcome> {
    if (this.#phase === 'sending') return { status: 'refused', problem: busyProblem }
    const interrupted = this.#isBusy
    await this.#release()
    const before = [...this.store.messages]
    const undo = () => {
      options.undo()
      this.#earlier.restore(before)
    }
    const outcome = await this.#startTurn({ ...options, undo })
    if (outcome.status === 'refused' && interrupted) void this.#load({ isRecovery: true })
    return outcome
  }

  #onAccepted(runId: string | undefined): void {
    const turn = this.#turn
    const isNewer = turn && !turn.starts && runId !== undefined && runId !== turn.runId
    // The one that was to be read is over, and what this one answers is not here yet.
    if (isNewer) void this.#release().then(() => this.#load({ isRecovery: true }))
    else this.#changed(() => turn?.accept(runId))
  }

  /** Reads no more of the answer that is being written; it goes on. */
  async #release(): Promise<void> {
    const turn = this.#turn
    if (!turn) return
    turn.released = true
    turn.abort.abort()
    await this.#chat.stop()
    await this.#turnEnded
  }

  async #show(detail: ChatDetail): Promise<void> {
    const isSame = detail.messages.at(-1)?.id === this.store.messages.at(-1)?.id
    if (isSame && this.#turn) return
    await this.#release()
    this.#loading?.abort.abort()
    this.#changed(() => {
      this.#loading = undefined
      this.#adopt(detail)
    })
  }

  async #stopElsewhere(runId: string): Promise<void> {
    const { api } = this.#environment
    await api.stopRun(this.chatId, runId).catch(() => false)
    await this.#load({ isRecovery: false })
  }

  #newMessage(text: string, parentId: string | null): ChatMessage {
    const { newId, timers } = this.#environment
    return {
      id: newId(),
      role: 'user',
      parts: [{ type: 'text', text }],
      metadata: { status: 'done', createdAt: timers.now(), parentId },
    }
  }

  #parentOf(messageId: string): string | null {
    const { messages } = this.store
    const index = messages.findIndex(({ id }) => id === messageId)
    return messages[index]?.metadata?.parentId ?? messages[index - 1]?.id ?? null
  }

  /** The answer that was asked for beside another one has come. */
  #noteNewVersion(): void {
    const besideId = this.#turn?.besideId
    const last = this.#lastShown
    if (!this.#turn || !besideId || last?.role !== 'assistant') return
    this.#turn.besideId = undefined
    this.forks.add(besideId, last.id)
  }

  #attach(runId: string): void {
    this.#beginTurn(createTurn({ starts: false, runId }), (turn) => this.#resume(turn))
  }

  #beginTurn(turn: Turn, perform: (turn: Turn) => Promise<void>): void {
    this.#loading?.abort.abort()
    this.#loading = undefined
    this.#changed(() => {
      this.#problem = undefined
      this.#awaitedRunId = null
      this.#elsewhereRunId = null
      this.#turn = turn
    })
    this.#turnEnded = this.#carryOut(turn, perform)
  }

  async #carryOut(turn: Turn, perform: (turn: Turn) => Promise<void>): Promise<void> {
    // A network that goes or comes back changes what a cut connection is called.
    const unsubscribe = this.#environment.page.subscribe(() => {
      this.store.skipPacing()
      this.#changed(() => undefined)
    })
    try {
      await perform(turn)
      turn.failure = this.#chat.error
    } catch (error) {
      turn.failure = error instanceof Error ? error : new Error(String(error))
    }
    unsubscribe()
    this.#changed(() => {
      this.#turn = undefined
      if (!turn.released) this.#settle(turn)
    })
    const missed = this.#changedWhileBusy
    this.#changedWhileBusy = undefined
    if (turn.released) return
    if (missed) this.noteChange(missed)
    if (turn.runId) this.#environment.onRunEnded?.({ chatId: this.chatId, runId: turn.runId })
  }

  async #resume(turn: Turn): Promise<void> {
    const { acceptedCount } = turn
    const answer = this.store.messages.at(-1)
    if (answer?.role === 'assistant') this.store.catchUp(answer.id)
    this.store.skipPacing()
    await this.#chat.resumeStream()
    if (turn.acceptedCount === acceptedCount && !this.#chat.error) turn.lost = 'gone'
  }

  /** Decides what the end of a stream means; what is not known for sure is asked of the server. */
  #settle(turn: Turn): void {
    if (turn.starts && turn.acceptedCount === 0) return
    this.#knownUpdatedAt = Math.max(this.#knownUpdatedAt, lastAnswerAt(this.store))
    if (turn.abort.signal.aborted) {
      markEnded(this.store, 'stopped')
      void this.#load({ isRecovery: false })
    } else if (turn.failure instanceof ProblemError) {
      this.#problem = turn.failure.problem
      markEnded(this.store, 'interrupted')
    } else {
      const endedCleanly = !turn.lost && !turn.failure
      if (turn.runId && (endedCleanly || turn.lost === 'gone')) this.#endedRunIds.add(turn.runId)
      if (!endedCleanly || isUnfinished(this.store)) return void this.#load({ isRecovery: true })
      this.#recovery.reset()
      const dropped = dropEmptyAnswer(this.store)
      // In the place of an answer that came to nothing the server shows the one beside it.
      const isReplaced = dropped !== undefined && this.forks.of(dropped) !== undefined
      if (isReplaced) void this.#load({ isRecovery: false })
    }
  }

  #setConnection(state: ConnectionState): void {
    // What was missed comes all at once.
    if (state === 'open' && this.#isCut) this.store.skipPacing()
    this.#connection = state
  }

  async #stopRun(turn: Turn, signal: AbortSignal): Promise<void> {
    await turn.accepted
    if (turn.runId === undefined) return
    await this.#environment.api.stopRun(this.chatId, turn.runId, signal).catch(() => false)
  }

  // What the server knows.

  /** Loads the chat. A recovery, which has lost its place in a running answer, shows and keeps trying. */
  async #load(options: { isRecovery: boolean; stopsRun?: boolean }): Promise<void> {
    const { isRecovery, stopsRun = false } = options
    const loading = { abort: new AbortController(), isRecovery }
    this.#loading?.abort.abort()
    this.#changed(() => (this.#loading = loading))
    const { signal } = loading.abort
    try {
      const detail = isRecovery
        ? await this.#recovery.load(signal)
        : await this.#environment.api.loadChat(this.chatId, signal)
      if (signal.aborted) return
      if (stopsRun && detail.activeRunId) {
        await this.#environment.api.stopRun(this.chatId, detail.activeRunId, signal)
      }
      this.#changed(() => {
        this.#loading = undefined
        this.#adopt(detail)
      })
    } catch (error) {
      if (signal.aborted) return
      this.#changed(() => {
        this.#loading = undefined
        if (!isRecovery) return
        this.#problem = error instanceof ProblemError ? error.problem : unreachableProblem
        markEnded(this.store, 'interrupted')
      })
    }
  }

  #adopt(detail: ChatDetail): void {
    const { activeRunId } = detail
    this.#knownUpdatedAt = Math.max(this.#knownUpdatedAt, detail.updatedAt)
    this.#changedWhileUnwatched = false
    this.#changed(() => {
      this.#earlier.adopt(detail)
      this.#model = detail.model
      this.queue.take(detail.queue ?? [])
      this.#problem = undefined
      this.#elsewhereRunId = detail.activeElsewhere ? activeRunId : null
      if (activeRunId && !detail.activeElsewhere && !this.#endedRunIds.has(activeRunId))
        this.#attach(activeRunId)
    })
  }

  /** A page rendered before, or during, a run that has ended here since. */
  #isOutdated({ activeRunId, updatedAt }: ChatDetail): boolean {
    return (
      (activeRunId !== null && this.#endedRunIds.has(activeRunId)) ||
      updatedAt < this.#knownUpdatedAt
    )
  }

  #onWatched(): void {
    if (this.#isBusy) return
    if (this.#changedWhileUnwatched) void this.#load({ isRecovery: false })
    else if (this.#awaitedRunId) this.#attach(this.#awaitedRunId)
  }

  #giveUpRecovery(): void {
    if (!this.#loading?.isRecovery) return
    this.#loading.abort.abort()
    this.#changed(() => {
      this.#loading = undefined
      markEnded(this.store, 'interrupted')
    })
  }

  // What is shown.

  get #isBusy(): boolean {
    return this.#turn !== undefined || this.#loading?.isRecovery === true
  }

  get #isCut(): boolean {
    return this.#connection === 'reconnecting' || this.#connection === 'offline'
  }

  /** Tells listeners once what a change and all that follows from it came to, never a state in between. */
  #changed(change: () => void): void {
    if (this.#isChanging) return change()
    const { problem, model } = this
    this.#isChanging = true
    try {
      change()
    } finally {
      this.#isChanging = false
    }
    const phase = this.#phaseNow()
    const earlier = this.#earlier.status
    const isWritingElsewhere = this.#elsewhereRunId !== null
    const isSame =
      phase === this.#phase &&
      earlier === this.#earlierStatus &&
      isWritingElsewhere === this.#isWritingElsewhere &&
      problem === this.#problem &&
      model === this.#model
    if (isSame) return
    this.#phase = phase
    this.#earlierStatus = earlier
    this.#isWritingElsewhere = isWritingElsewhere
    for (const listener of this.#listeners) listener()
  }

  #phaseNow(): SessionPhase {
    if (this.#loading?.isRecovery || this.#turn?.lost || (this.#turn && this.#isCut)) {
      return this.#environment.page.online() ? 'reconnecting' : 'offline'
    }
    if (this.#turn?.starts && this.#turn.acceptedCount === 0) return 'sending'
    if (!this.#turn && !this.#awaitedRunId) return 'idle'
    return phaseOfAnswer(this.#lastShown)
  }

  get #lastShown(): ChatMessage | undefined {
    const id = this.store.messageIds.at(-1)
    return id === undefined ? undefined : this.store.message(id)
  }
}
