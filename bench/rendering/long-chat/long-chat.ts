import type { Browser } from 'playwright'
import { withPage, type Browsers } from '../browser'
import { medianOf } from '../../measures/median-of'
import type { RenderPlan } from '../plan'
import {
  measureFollowing,
  measureOpening,
  measureReload,
  measureStreaming,
  measureTyping,
  scriptBytesOf,
} from './measures'
import { withSeededServer, type SeededServer } from './seeded-server'

/** The product itself with a long chat in it; times in milliseconds. */
export type LongChat = Figures & {
  messages: number
  bytes: number
  /** Of ten kilobytes of answer, into the long chat and into an empty one. */
  streaming: StreamingCost
  streamingEmpty: StreamingCost
  /** Compressed, on a first visit to a chat with a plain answer. */
  scriptBytes: number
}

type Figures = {
  /** From the navigation until the end is in sight, the composer listens and the page is idle: the first visit of all. */
  interactiveMs: number
  /** The same for a chat of one short turn. */
  interactiveShortMs: number
  /** When the page is loaded again. */
  interactiveAgainMs: number
  /** From the click on it in the list, while another chat is open. */
  interactiveFromListMs: number
  /** 0 when none took 50 ms. */
  longestTaskMs: number
  heapBytes: number
  elements: number
  /** Of the main thread. */
  keystrokeMs: number
  /** Until it was drawn. */
  slowestKeystrokeMs: number
}

export type StreamingCost = { scriptMs: number; taskMs: number }

export function measureLongChat(
  browsers: Browsers,
  { messages, bytes, rounds }: RenderPlan['longChat'],
): Promise<LongChat> {
  return withSeededServer({ messages, bytes }, async (server) => {
    const taken: { figures: Figures; into: StreamingCost; empty: StreamingCost }[] = []
    for (let round = 0; round < rounds; round += 1) {
      const figures = await openAndType(browsers.paced, server)
      const into = await streamInto(browsers.paced, server, server.longChat.path)
      taken.push({ figures, into, empty: await streamInto(browsers.paced, server, '/') })
    }
    return {
      ...medianOf(taken.map(({ figures }) => figures)),
      streaming: medianOf(taken.map(({ into }) => into)),
      streamingEmpty: medianOf(taken.map(({ empty }) => empty)),
      scriptBytes: await withPage(browsers.paced, server, ({ page }) =>
        scriptBytesOf(page, server.url + server.plainChat.path),
      ),
      messages,
      bytes: server.longChat.bytes,
    }
  })
}

async function openAndType(browser: Browser, server: SeededServer): Promise<Figures> {
  const { url, longChat, plainChat } = server
  const inLong = await withPage(browser, server, async (open) => {
    const opening = await measureOpening(open, { ...longChat, url: url + longChat.path })
    const typing = await measureTyping(open)
    return { ...opening, ...typing, interactiveAgainMs: await measureReload(open) }
  })
  const fromShort = await withPage(browser, server, async (open) => {
    const { interactiveMs } = await measureOpening(open, {
      ...plainChat,
      url: url + plainChat.path,
    })
    const following = { ...longChat, link: longChat.path }
    const interactiveFromListMs = await measureFollowing(open, following)
    return { interactiveShortMs: interactiveMs, interactiveFromListMs }
  })
  return { ...inLong, ...fromShort }
}

function streamInto(browser: Browser, server: SeededServer, path: string): Promise<StreamingCost> {
  return withPage(browser, server, async (open) => {
    await open.page.goto(server.url + path)
    return measureStreaming(open, server.answerEnds)
  })
}
