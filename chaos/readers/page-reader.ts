import { createChatApi } from '@/client/api/chat-api'
import type { ChatSession } from '@/client/chat/chat-session'
import { createChatSession } from '@/client/chat/streaming-chat-session'
import { createPageSignals, type PageSignals } from '@/client/stream/page-signals'
import { browserTimers } from '@/client/stream/timers'
import type { ChatDetail } from '@/shared/chat/chat-summary'
import { createNetwork, type Network } from './network'
import { pause, persist } from './patience'
import { textOf, type ReaderEnd, type ReaderOptions } from './reader'

/** Reads with the session of our own page: its transport, its recovery, its reloads. */
export async function readAsPage(options: ReaderOptions): Promise<ReaderEnd> {
  return new PageReader(options).read()
}

/** One life of a page, from its load to its unload. */
type Tab = { session: ChatSession; page: Page }

class PageReader {
  readonly #options: ReaderOptions
  readonly #network: Network
  readonly #api: ReturnType<typeof createChatApi>
  readonly #wrongs: string[] = []
  #reloads = 0

  constructor(options: ReaderOptions) {
    this.#options = options
    this.#network = createNetwork(options)
    this.#api = createChatApi((path, init) => this.#network.fetch(path, init))
  }

  async read(): Promise<ReaderEnd> {
    const { plan, answer } = this.#options
    let tab = plan.begins === 'sends' ? await this.#send() : await this.#look()
    void this.#hide(tab)
    for (const afterMs of plan.reloadsAfterMs) {
      await Promise.race([this.#idle(tab), pause(afterMs, answer.signal)])
      if (tab.session.phase === 'idle') break
      tab = await this.#reload(tab)
    }
    await this.#idle(tab)
    if (tab.session.problem) tab = await this.#afterProblem(tab)
    return this.#endOf(tab)
  }

  async #look(): Promise<Tab> {
    const { plan, answer } = this.#options
    await answer.accepted.promise
    await pause(plan.afterMs, answer.signal)
    return this.#open(await this.#load())
  }

  /** A message that could not be sent stays in the composer, and is sent again under the same id. */
  async #send(): Promise<Tab> {
    const { answer } = this.#options
    while (true) {
      const tab = this.#open()
      const outcome = await tab.session.send({
        text: answer.plan.question,
        model: answer.plan.model,
      })
      if (outcome.status === 'sent') {
        answer.accepted.resolve()
        return tab
      }
      answer.note(`${this.#options.plan.name}: not sent, ${outcome.problem.code}`)
      tab.page.leave()
      await pause(Math.max(100, this.#network.pauseMs()), answer.signal)
      answer.signal.throwIfAborted()
    }
  }

  async #reload(tab: Tab): Promise<Tab> {
    const { plan, answer } = this.#options
    this.#reloads += 1
    answer.note(`${plan.name}: reloads`)
    tab.page.leave()
    return this.#open(await this.#load())
  }

  /** What a page says instead of an answer makes people reload. */
  async #afterProblem(tab: Tab): Promise<Tab> {
    this.#wrongs.push(`the page showed the problem ${tab.session.problem?.code}`)
    const again = await this.#reload(tab)
    await this.#idle(again)
    return again
  }

  #load(): Promise<ChatDetail> {
    const { plan, signal } = this.#options.answer
    return persist(() => this.#api.loadChat(plan.chatId, signal), {
      pauseMs: () => this.#network.pauseMs(),
      signal,
    })
  }

  #open(seed?: ChatDetail): Tab {
    const { plan, answer } = this.#options
    const page = new Page()
    answer.signal.addEventListener('abort', () => page.leave(), { once: true })
    const session = createChatSession({
      chatId: answer.plan.chatId,
      seed,
      environment: {
        fetch: (path, init) => this.#network.fetch(path, init),
        timers: browserTimers,
        page: page.signals,
        random: () => (plan.isEager ? 0 : plan.random.next()),
        api: this.#api,
        frames: (run) => {
          run(performance.now())
          return () => undefined
        },
        isPaced: () => false,
        newId: () => answer.plan.messageId,
      },
    })
    session.subscribe(() => page.changed())
    return { session, page }
  }

  async #hide({ page }: Tab): Promise<void> {
    const { plan, answer } = this.#options
    if (!plan.hides) return
    await pause(plan.hides.afterMs, answer.signal)
    page.hide()
    await pause(plan.hides.forMs, answer.signal)
    page.show()
  }

  #idle({ session, page }: Tab): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (session.phase !== 'idle') return
        page.listeners.delete(look)
        resolve()
      }
      page.listeners.add(look)
      const { signal } = this.#options.answer
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      look()
    })
  }

  #endOf({ session, page }: Tab): ReaderEnd {
    const { store } = session
    const message = store.message(store.messageIds.at(-1) ?? '')
    const shown = message?.role === 'assistant' ? message : undefined
    page.leave()
    return {
      name: this.#options.plan.name,
      text: textOf(shown),
      status: shown?.metadata?.status,
      reloads: this.#reloads,
      seen: [],
      wrongs: this.#wrongs,
    }
  }
}

/** The window, as far as a session looks at it. */
class Page extends EventTarget {
  readonly document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  readonly navigator = { onLine: true }
  readonly performance = { getEntriesByType: () => [] }
  readonly listeners = new Set<() => void>()
  readonly signals: PageSignals
  #gone = false

  constructor() {
    super()
    this.signals = createPageSignals(this)
  }

  changed(): void {
    for (const listener of this.listeners) listener()
  }

  hide(): void {
    this.dispatchEvent(new Event('pagehide'))
  }

  show(): void {
    if (!this.#gone) this.dispatchEvent(new Event('pageshow'))
  }

  /** For good: its connections end, and nothing in it goes on. */
  leave(): void {
    this.#gone = true
    this.hide()
  }
}
