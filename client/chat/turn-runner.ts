import { withinMs } from '../stream/timers'
import type { ChatApi } from '../api/chat-api'
import type { ChatMessageStore } from './chat-store'
import {
  createResumableTransport,
  type ConnectionState,
  type ResumableTransport,
} from './resumable-transport'
import type { ConnectionEnvironment } from './run-connections'
import { createStreamedChat, type StreamedChat } from './streamed-chat'
import { createTurn, type Turn } from './turn'

export type TurnHooks = {
  /** Whatever a turn changes is changed within this. */
  change: (make: () => void) => void
  onBegin: () => void
  /** Its stream has ended, however it did, and nobody has let go of it. */
  onEnd: (turn: Turn) => void
  /** Everything that follows from the end is done; also of a turn that was let go of. */
  onOver: (turn: Turn) => void
  /** A newer run than the one that was to be read is written: what it answers is not here yet. */
  onNewerRun: () => void
}

type TurnEnvironment = ConnectionEnvironment & { api: ChatApi; newId: () => string }

const stopGraceMs = 3_000

/** Holds the one stream of a session, from the click to its end. */
export class TurnRunner {
  readonly chat: StreamedChat
  readonly #chatId: string
  readonly #store: ChatMessageStore
  readonly #environment: TurnEnvironment
  readonly #hooks: TurnHooks
  readonly #transport: ResumableTransport
  #turn: Turn | undefined
  #ended: Promise<void> = Promise.resolve()
  #connection: ConnectionState = 'idle'

  constructor(options: {
    chatId: string
    store: ChatMessageStore
    environment: TurnEnvironment
    hooks: TurnHooks
  }) {
    const { chatId, store, environment, hooks } = options
    this.#chatId = chatId
    this.#store = store
    this.#environment = environment
    this.#hooks = hooks
    this.#transport = createResumableTransport({
      ...environment,
      hooks: {
        onConnection: (state) => hooks.change(() => this.#setConnection(state)),
        onAccepted: (runId) => this.#onAccepted(runId),
        onLost: (reason) => {
          if (this.#turn) this.#turn.lost = reason
        },
      },
    })
    const { newId } = environment
    this.chat = createStreamedChat({ chatId, store, transport: this.#transport, newId })
  }

  get turn(): Turn | undefined {
    return this.#turn
  }

  /** Whether the server has not yet said that it takes what was asked of it. */
  get isUnaccepted(): boolean {
    return this.#turn?.starts === true && this.#turn.acceptedCount === 0
  }

  /** Whether the stream has lost its connection, or its place. */
  get isCut(): boolean {
    return this.#turn !== undefined && (this.#turn.lost !== undefined || this.#isDisconnected)
  }

  /** Resolves once the server has accepted, or the turn has ended without that. */
  async start(perform: (turn: Turn) => Promise<void>): Promise<Turn> {
    const turn = createTurn({ starts: true })
    this.#begin(turn, perform)
    await Promise.race([turn.accepted, this.#ended])
    return turn
  }

  /** Goes on with an answer: the run is started, and then read whole. */
  async continueAnswer(
    turn: Turn,
    request: Omit<Parameters<ResumableTransport['startOnly']>[0], 'id' | 'trigger'>,
  ): Promise<void> {
    await this.#transport.startOnly(
      { ...request, id: this.#chatId, trigger: 'continue-message' },
      turn.abort.signal,
    )
    await this.#resume(turn)
  }

  attach(runId: string): void {
    this.#begin(createTurn({ starts: false, runId }), (turn) => this.#resume(turn))
  }

  /** Asks the server to stop the run and lets the stream end by itself; lets go of it after three seconds. */
  async stop(): Promise<void> {
    const turn = this.#turn
    if (!turn) return
    turn.stopRequested = true
    const ended = this.#ended
    await withinMs(this.#environment.timers, stopGraceMs, (signal) =>
      Promise.race([this.#stopRun(turn, signal).then(() => ended), ended]),
    )
    if (this.#turn !== turn) return
    turn.abort.abort()
    await this.chat.stop()
    await ended
  }

  /** Reads no more of the answer that is being written; it goes on. */
  async release(): Promise<void> {
    const turn = this.#turn
    if (!turn) return
    turn.released = true
    turn.abort.abort()
    await this.chat.stop()
    await this.#ended
  }

  #begin(turn: Turn, perform: (turn: Turn) => Promise<void>): void {
    this.#hooks.change(() => {
      this.#hooks.onBegin()
      this.#turn = turn
    })
    this.#ended = this.#carryOut(turn, perform)
  }

  async #carryOut(turn: Turn, perform: (turn: Turn) => Promise<void>): Promise<void> {
    const { change, onEnd, onOver } = this.#hooks
    // A network that goes or comes back changes what a cut connection is called.
    const unsubscribe = this.#environment.page.subscribe(() => {
      this.#store.skipPacing()
      change(() => undefined)
    })
    try {
      await perform(turn)
      turn.failure = this.chat.error
    } catch (error) {
      turn.failure = error instanceof Error ? error : new Error(String(error))
    }
    unsubscribe()
    change(() => {
      this.#turn = undefined
      if (!turn.released) onEnd(turn)
    })
    onOver(turn)
  }

  async #resume(turn: Turn): Promise<void> {
    const { acceptedCount } = turn
    const answer = this.#store.messages.at(-1)
    if (answer?.role === 'assistant') this.#store.catchUp(answer.id)
    this.#store.skipPacing()
    await this.chat.resumeStream()
    if (turn.acceptedCount === acceptedCount && !this.chat.error) turn.lost = 'gone'
  }

  #onAccepted(runId: string | undefined): void {
    const turn = this.#turn
    const isNewer = turn && !turn.starts && runId !== undefined && runId !== turn.runId
    if (isNewer) void this.release().then(this.#hooks.onNewerRun)
    else this.#hooks.change(() => turn?.accept(runId))
  }

  #setConnection(state: ConnectionState): void {
    // What was missed comes all at once.
    if (state === 'open' && this.#isDisconnected) this.#store.skipPacing()
    this.#connection = state
  }

  get #isDisconnected(): boolean {
    return this.#connection === 'reconnecting' || this.#connection === 'offline'
  }

  async #stopRun(turn: Turn, signal: AbortSignal): Promise<void> {
    await turn.accepted
    if (turn.runId === undefined) return
    await this.#environment.api.stopRun(this.#chatId, turn.runId, signal).catch(() => false)
  }
}
