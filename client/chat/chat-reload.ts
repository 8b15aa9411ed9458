import type { ChatDetail } from '@/shared/chat/chat-summary'
import type { Problem } from '@/shared/errors/problem'
import type { ChatApi } from '../api/chat-api'
import { problemOf } from '../api/http'
import { createPersistentLoader } from './persistent-loader'

export type ReloadHooks = {
  onLoaded: (detail: ChatDetail) => void
  /** A recovery has come to nothing, for this reason or because it was given up. */
  onUnrecovered: (problem?: Problem) => void
  /** Whatever the reload changes is changed within this. */
  change: (make: () => void) => void
}

/** Asks the server how a chat stands, once at a time: a later question ends an earlier one. */
export class ChatReload {
  readonly #chatId: string
  readonly #api: ChatApi
  readonly #hooks: ReloadHooks
  readonly #recovery: ReturnType<typeof createPersistentLoader>
  #current: { abort: AbortController; isRecovery: boolean } | undefined

  constructor(options: {
    chatId: string
    environment: Parameters<typeof createPersistentLoader>[0]['environment'] & { api: ChatApi }
    hooks: ReloadHooks
  }) {
    this.#chatId = options.chatId
    this.#api = options.environment.api
    this.#hooks = options.hooks
    this.#recovery = createPersistentLoader(options)
  }

  /** Whether a running answer is looked for whose place was lost; it shows, and keeps trying. */
  get isRecovering(): boolean {
    return this.#current?.isRecovery === true
  }

  /** `stopsRun`: what was asked for is not wanted any more, and is stopped if it runs after all. */
  async load(options: { isRecovery: boolean; stopsRun?: boolean }): Promise<void> {
    const { isRecovery, stopsRun = false } = options
    const { change, onLoaded, onUnrecovered } = this.#hooks
    const current = { abort: new AbortController(), isRecovery }
    this.cancel()
    change(() => (this.#current = current))
    const { signal } = current.abort
    try {
      const detail = await this.#ask(isRecovery, signal)
      if (signal.aborted) return
      if (stopsRun && detail.activeRunId)
        await this.#api.stopRun(this.#chatId, detail.activeRunId, signal)
      change(() => {
        this.#current = undefined
        onLoaded(detail)
      })
    } catch (error) {
      if (signal.aborted) return
      change(() => {
        this.#current = undefined
        if (isRecovery) onUnrecovered(problemOf(error))
      })
    }
  }

  /** What it brings will not be taken over any more. */
  cancel(): void {
    this.#current?.abort.abort()
    this.#current = undefined
  }

  giveUpRecovery(): void {
    if (!this.isRecovering) return
    this.#hooks.change(() => {
      this.cancel()
      this.#hooks.onUnrecovered()
    })
  }

  /** Things went well in between: the next recovery starts at once again. */
  noteSuccess(): void {
    this.#recovery.reset()
  }

  #ask(isRecovery: boolean, signal: AbortSignal): Promise<ChatDetail> {
    return isRecovery ? this.#recovery.load(signal) : this.#api.loadChat(this.#chatId, signal)
  }
}
