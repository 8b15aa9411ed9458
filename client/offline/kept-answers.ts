import type * as z from 'zod/mini'
import type { ChatDetail } from '@/shared/chat/chat-summary'
import { chatDetailSchema } from '../api/answers'
import { chatPath } from '../api/chat-api'
import type { Fetch } from '../api/http'

export type KeptAnswers = {
  /** Asks the server, and keeps what it says. */
  keep: (paths: readonly string[]) => Promise<void>
  /** As it was last kept. */
  read: <Schema extends z.ZodMiniType>(
    path: string,
    schema: Schema,
  ) => Promise<z.output<Schema> | undefined>
  chat: (chatId: string) => Promise<ChatDetail | undefined>
  /** Deletes what was kept for anybody else. */
  forgetOthers: () => Promise<void>
}

type Options = {
  fetch: Fetch
  /** Missing where the page is not a secure context. */
  caches: CacheStorage | undefined
  /** Who uses this device: nothing is kept or shown of anybody else. */
  user: () => string | null
}

/** Of the chats, those that were read last. */
export const keptChatsMax = 20
const prefix = 'rivulet-kept-'
const isOfChat = ({ url }: Request) => new URL(url).pathname.startsWith('/api/chats/')

/** Answers of the API that a device keeps to show them while it has no network. */
export function createKeptAnswers({ fetch, caches, user }: Options): KeptAnswers {
  async function open(): Promise<Cache | undefined> {
    const name = user()
    return name === null ? undefined : caches?.open(prefix + name)
  }

  async function keepOne(path: string) {
    const asked = user()
    const cache = await open()
    if (!cache) return
    const response = await fetch(path)
    // Somebody else may have signed in meanwhile, in another tab: whose answer it is nobody knows then.
    if (user() !== asked) return
    if (response.ok || response.status === 404) await cache.delete(path)
    if (response.ok) await cache.put(path, response)
  }

  async function makeRoom() {
    const cache = await open()
    const chats = (await cache?.keys())?.filter(isOfChat) ?? []
    for (const request of chats.slice(0, -keptChatsMax)) await cache?.delete(request)
  }

  async function read<Schema extends z.ZodMiniType>(path: string, schema: Schema) {
    const response = await (await open())?.match(path)
    const value: unknown = await response?.json()
    return schema.safeParse(value).data
  }

  return {
    async keep(paths) {
      for (const path of paths) await keepOne(path)
      await makeRoom()
    },
    read,
    chat: (chatId) => read(chatPath(chatId), chatDetailSchema),
    async forgetOthers() {
      if (!caches) return
      const own = `${prefix}${user()}`
      const names = await caches.keys()
      const others = names.filter((name) => name.startsWith(prefix) && name !== own)
      await Promise.all(others.map((name) => caches.delete(name)))
    },
  }
}
