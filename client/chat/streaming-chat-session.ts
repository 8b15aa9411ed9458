import type { ChatDetail } from '@/shared/chat/chat-summary'
import type { ChatMessage } from '@/shared/chat/message'
import type { Problem } from '@/shared/errors/problem'
import type { ModelRef } from '@/shared/models/model-catalog'
import type { ChatApi } from '../api/chat-api'
import { busyProblem, ProblemError, problemOf, unreachableProblem } from '../api/http'
import type { FrameScheduler } from '../stream/frames'
import { createBranchSwitch } from './branch-switch'
import { ChatReload } from './chat-reload'
import type { ChatSession, SendOutcome } from './chat-session'
import { ChatMessageStore } from './chat-store'
import { createEarlierMessages, type EarlierMessages, type EarlierStatus } from './earlier-messages'
import { createForks, type ForkStore } from './forks'
import { KnownChat, type ChatChange } from './known-chat'
import { dropEmptyAnswer, isUnfinished, lastAnswerAt, markEnded } from './last-answer'
import { createQueueCell, type QueueCell } from './queue/queue-cell'
import { Requests, type TurnRequest } from './requests'
import type { ConnectionEnvironment } from './run-connections'
import { phaseOfAnswer, type SessionPhase } from './session-phase'
import { createToldState, type ToldState } from './told-state'
import type { Turn } from './turn'
import { TurnRunner } from './turn-runner'

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

type SessionOptions = {
  chatId: string
  seed?: ChatDetail | undefined
  environment: SessionEnvironment
}

/** What the session's own listeners hear of. */
type Told = {
  phase: SessionPhase
  problem: Problem | undefined
  model: ModelRef | null
  earlier: EarlierStatus
  isWritingElsewhere: boolean
  isComparing: boolean
}

export function createChatSession(options: SessionOptions): ChatSession {
  return new StreamingChatSession(options)
}

class StreamingChatSession implements ChatSession {
  readonly chatId: string
  readonly seedPhase: SessionPhase
  readonly seedModel: ModelRef | null
  readonly seedEarlier: EarlierStatus
  readonly seedComparing: boolean
  readonly store: ChatMessageStore
  readonly queue: QueueCell
  readonly forks: ForkStore
  readonly #environment: SessionEnvironment
  readonly #known: KnownChat
  readonly #turns: TurnRunner
  readonly #requests: Requests
  readonly #reload: ChatReload
  readonly #branches = createBranchSwitch({
    turn: () => this.#turns.turn,
    show: (detail) => this.#show(detail),
    onOvertaken: () => this.noteChange({ updatedAt: Number.POSITIVE_INFINITY }),
  })
  readonly #earlier: EarlierMessages
  readonly #told: ToldState<Told>
  #problem: Problem | undefined
  #model: ModelRef | null
  #isComparing: boolean

  constructor({ chatId, seed, environment }: SessionOptions) {
    this.chatId = chatId
    this.#environment = environment
    this.#model = seed?.model ?? null
    this.#isComparing = seed?.comparing ?? false
    this.#known = new KnownChat(seed)
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
      onChange: () => this.#changed(),
    })
    this.#reload = new ChatReload({
      chatId,
      environment,
      hooks: {
        change: (make) => this.#told.change(make),
        onLoaded: (detail) => this.#adopt(detail),
        onUnrecovered: (problem) => {
          this.#problem = problem ?? this.#problem
          markEnded(this.store, 'interrupted')
        },
      },
    })
    this.#turns = new TurnRunner({
      chatId,
      store: this.store,
      environment,
      hooks: {
        change: (make) => this.#told.change(make),
        onBegin: () => this.#makeWay(),
        onEnd: (turn) => this.#settle(turn),
        onOver: (turn) => this.#afterTurn(turn),
        onNewerRun: () => void this.#reload.load({ isRecovery: true }),
      },
    })
    const { store, forks } = this
    this.#requests = new Requests({ chatId, store, forks, turns: this.#turns, environment })
    this.#told = createToldState(() => this.#state())
    const { phase, model, earlier, isComparing } = this.#told.now
    this.seedPhase = phase
    this.seedModel = model
    this.seedEarlier = earlier
    this.seedComparing = isComparing
    this.store.subscribe(() => {
      this.#noteNewVersion()
      this.#changed()
    })
  }

  get phase(): SessionPhase {
    return this.#told.now.phase
  }

  get problem(): Problem | undefined {
    return this.#told.now.problem
  }

  get model(): ModelRef | null {
    return this.#told.now.model
  }

  get earlier(): EarlierStatus {
    return this.#told.now.earlier
  }

  get isWritingElsewhere(): boolean {
    return this.#told.now.isWritingElsewhere
  }

  get isComparing(): boolean {
    return this.#told.now.isComparing
  }

  get isDroppable(): boolean {
    return !this.#told.isHeard && !this.#isBusy
  }

  subscribe = (listener: () => void): (() => void) => {
    const leave = this.#told.subscribe(listener)
    this.#onWatched()
    return leave
  }

  send: ChatSession['send'] = (input) => this.#startTurn(this.#requests.send(input))

  edit: ChatSession['edit'] = (input) => this.#startBeside(this.#requests.edit(input))

  regenerate: ChatSession['regenerate'] = (input) =>
    this.#startBeside(this.#requests.regenerate(input))

  continueAnswer: ChatSession['continueAnswer'] = (input) =>
    this.#startTurn(this.#requests.continueAnswer(input))

  stop = async (): Promise<void> => {
    const { elsewhereRunId } = this.#known
    if (this.#turns.turn) await this.#turns.stop()
    else if (elsewhereRunId) await this.#stopElsewhere(elsewhereRunId)
    else this.#reload.giveUpRecovery()
  }

  hydrate = (detail: ChatDetail): void => {
    if (this.#isBusy || this.#known.isOutdated(detail)) return
    this.#adopt(detail)
  }

  noteChange = (change: ChatChange): void => {
    if (this.#isBusy) return this.#known.keepForLater(change)
    if (!this.#known.isNews(change)) return
    if (this.#told.isHeard) void this.#reload.load({ isRecovery: false })
    else this.#known.isStale = true
  }

  showBranch = async (
    load: (signal: AbortSignal) => Promise<ChatDetail>,
  ): Promise<Problem | undefined> => {
    if (this.phase === 'sending') return busyProblem
    return this.#branches.to(load)
  }

  noteBranch = (leafId: string | undefined): void => {
    if (this.#branches.isUnderWay || this.store.messages.at(-1)?.id === leafId) return
    if (this.isDroppable) this.#known.isStale = true
    else void this.showBranch((signal) => this.#environment.api.loadChat(this.chatId, signal))
  }

  noteComparison = (): void => {
    if (this.isDroppable) this.#known.isStale = true
    else void this.#lookBeside().catch(() => undefined)
  }

  loadEarlier = (): Promise<void> => this.#earlier.load()

  loadUntil = (messageId: string): Promise<boolean> => this.#earlier.loadUntil(messageId)

  release = (): Promise<void> => this.#turns.release()

  releaseEarlier = (): void => {
    if (this.isDroppable) this.#earlier.release()
  }

  // One turn.

  async #startTurn(request: TurnRequest): Promise<SendOutcome> {
    const { text, model, perform, undo } = request
    if (this.#isBusy) return { status: 'refused', problem: busyProblem }
    const wasComparing = this.#isComparing
    this.#changed(() => (this.#isComparing = false))
    const turn = await this.#turns.start(perform)
    if (turn.acceptedCount > 0) {
      this.#changed(() => (this.#model = model ?? this.#model))
      this.#environment.onRunAccepted?.({ chatId: this.chatId, runId: turn.runId, text })
      return { status: 'sent' }
    }
    this.#changed(() => (this.#isComparing = wasComparing))
    undo()
    const problem = problemOf(turn.failure)
    // The server may be writing after all: for somebody else, or for this very request.
    const mayBeRunning = problem.code === 'chat-busy' || problem.code === unreachableProblem.code
    if (mayBeRunning) void this.#reload.load({ isRecovery: false, stopsRun: turn.stopRequested })
    return { status: 'refused', problem }
  }

  /** A turn that leads to another branch. What is written here now is let go of; the server ends it for this one. */
  async #startBeside(request: TurnRequest): Promise<SendOutcome> {
    if (this.phase === 'sending') return { status: 'refused', problem: busyProblem }
    const interrupted = this.#isBusy
    await this.#turns.release()
    const before = [...this.store.messages]
    const undo = () => {
      request.undo()
      this.#earlier.restore(before)
    }
    const outcome = await this.#startTurn({ ...request, undo })
    if (outcome.status === 'refused' && interrupted) void this.#reload.load({ isRecovery: true })
    return outcome
  }

  #makeWay(): void {
    this.#reload.cancel()
    this.#problem = undefined
    this.#known.noteTurn()
  }

  /** Decides what the end of a stream means; what is not known for sure is asked of the server. */
  #settle(turn: Turn): void {
    if (turn.starts && turn.acceptedCount === 0) return
    this.#known.noteUpdate(lastAnswerAt(this.store))
    if (turn.abort.signal.aborted) {
      markEnded(this.store, 'stopped')
      void this.#reload.load({ isRecovery: false })
    } else if (turn.failure instanceof ProblemError) {
      this.#problem = turn.failure.problem
      markEnded(this.store, 'interrupted')
    } else {
      const endedCleanly = !turn.lost && !turn.failure
      if (turn.runId && (endedCleanly || turn.lost === 'gone')) this.#known.noteEnded(turn.runId)
      if (endedCleanly && !isUnfinished(this.store)) this.#conclude()
      else void this.#reload.load({ isRecovery: true })
    }
  }

  #conclude(): void {
    this.#reload.noteSuccess()
    const dropped = dropEmptyAnswer(this.store)
    // In the place of an answer that came to nothing the server shows the one beside it.
    const isReplaced = dropped !== undefined && this.forks.of(dropped) !== undefined
    if (isReplaced) void this.#reload.load({ isRecovery: false })
  }

  #afterTurn({ released, runId }: Turn): void {
    const missed = this.#known.takeKept()
    if (released) return
    if (missed) this.noteChange(missed)
    if (runId) this.#environment.onRunEnded?.({ chatId: this.chatId, runId })
  }

  async #stopElsewhere(runId: string): Promise<void> {
    const { api } = this.#environment
    await api.stopRun(this.chatId, runId).catch(() => false)
    await this.#reload.load({ isRecovery: false })
  }

  /** The answer that was asked for beside another one has come. */
  #noteNewVersion(): void {
    const { turn } = this.#turns
    const besideId = turn?.besideId
    const last = this.#lastShown
    if (!turn || !besideId || last?.role !== 'assistant') return
    turn.besideId = undefined
    this.forks.add(besideId, last.id)
  }

  // What the server knows.

  async #show(detail: ChatDetail): Promise<void> {
    const isSame = detail.messages.at(-1)?.id === this.store.messages.at(-1)?.id
    if (isSame && this.#turns.turn) return
    await this.#turns.release()
    this.#changed(() => {
      this.#reload.cancel()
      this.#adopt(detail)
    })
  }

  #adopt(detail: ChatDetail): void {
    const { activeRunId, activeElsewhere } = detail
    this.#changed(() => {
      this.#known.take(detail)
      this.#earlier.adopt(detail)
      this.#model = detail.model
      this.#isComparing = detail.comparing ?? false
      this.queue.take(detail.queue ?? [])
      this.#problem = undefined
      if (activeRunId && !activeElsewhere && !this.#known.hasEnded(activeRunId))
        this.#turns.attach(activeRunId)
    })
  }

  /** The answer that is being written is followed on as it is. */
  async #lookBeside(): Promise<void> {
    const detail = await this.#environment.api.loadChat(this.chatId)
    if (!this.#isBusy) return this.hydrate(detail)
    this.#changed(() => {
      this.forks.take(detail)
      this.#isComparing = detail.comparing ?? false
    })
  }

  #onWatched(): void {
    if (this.#isBusy) return
    if (this.#known.isStale) void this.#reload.load({ isRecovery: false })
    else if (this.#known.awaitedRunId) this.#turns.attach(this.#known.awaitedRunId)
  }

  // What is shown.

  get #isBusy(): boolean {
    return this.#turns.turn !== undefined || this.#reload.isRecovering
  }

  #changed(make: () => void = () => undefined): void {
    this.#told.change(make)
  }

  #state(): Told {
    return {
      phase: this.#phaseNow(),
      problem: this.#problem,
      model: this.#model,
      earlier: this.#earlier.status,
      isWritingElsewhere: this.#known.elsewhereRunId !== null,
      isComparing: this.#isComparing,
    }
  }

  #phaseNow(): SessionPhase {
    if (this.#reload.isRecovering || this.#turns.isCut)
      return this.#environment.page.online() ? 'reconnecting' : 'offline'
    if (this.#turns.isUnaccepted) return 'sending'
    if (!this.#turns.turn && !this.#known.awaitedRunId) return 'idle'
    return phaseOfAnswer(this.#lastShown)
  }

  get #lastShown(): ChatMessage | undefined {
    const id = this.store.messageIds.at(-1)
    return id === undefined ? undefined : this.store.message(id)
  }
}
