import 'server-only'
import { defaultParameters } from '@/shared/models/parameters'
import type { Preset } from '@/shared/presets/preset'
import type { Database } from '../database'

const chat = { userId: 'user', chatId: 'chat' }

const anyBegin = {
  ...chat,
  runId: 'run',
  answerId: 'answer',
  requestKey: 'question',
  instance: 'here',
  model: { provider: 'demo', id: 'scripted' },
  now: 1,
}

export const anySubmit = {
  ...anyBegin,
  kind: 'submit',
  message: { id: 'question', text: 'Hello' },
  title: 'Hello',
} as const

export const anyPreset: Preset = {
  id: 'preset',
  name: 'Translator',
  icon: 'languages',
  instructions: 'Translate what you are told.',
  model: null,
  parameters: { ...defaultParameters, temperature: 0.2 },
  suggestions: ['Hello'],
}

/** Sends every statement that the queries have, for tests that look at how each is carried out. */
export async function callEverything(database: Database): Promise<void> {
  const {
    users,
    userSettings,
    userEndpoints,
    usage,
    chats,
    temporaryChats,
    folders,
    messages,
    runs,
    queue,
    search,
  } = database
  const { chatSettings, presets } = database
  const messageId = 'answer'
  const end = { runId: 'run', parts: [], metadata: {}, seq: 1, now: 2 } as const
  await users.ensure({ userId: 'user', now: 1 })
  await users.endSessions({ userId: 'user', now: 1 })
  await users.sessionsEndedAt({ userId: 'user' })
  await userSettings.change({ userId: 'user', values: { theme: 'dark' }, now: 1 })
  await userSettings.get({ userId: 'user' })
  await callEndpoints(userEndpoints)
  await usage.between({ userId: 'user', from: 1, until: 2 })
  await usage.ofChat(chat)
  await usage.ofRun({ userId: 'user', runId: 'run' })
  await runs.begin(anySubmit)
  await runs.begin({ ...anySubmit, requestKey: 'another' })
  await runs.checkpoint(end)
  await runs.heartbeat({ runId: 'run', now: 2 })
  await runs.checkpointAll([{ runId: 'run', parts: [], seq: 1, now: 2 }])
  await runs.setUpstream({ runId: 'run', upstreamId: 'upstream' })
  await runs.find({ runId: 'run' })
  await runs.get({ userId: 'user', runId: 'run' })
  await runs.active(chat)
  await runs.active({ ...chat, messageId })
  await runs.running({ userId: 'user', chatIds: ['chat'] })
  await runs.begin({
    ...anyBegin,
    kind: 'compare',
    runId: 'beside',
    answerId: 'beside',
    requestKey: 'beside',
    messageId: 'question',
  })
  await runs.byKey({ ...chat, runKey: 'run' })
  await runs.runningOf({})
  await runs.runningOf({ instance: 'here' })
  await runs.interrupt({ runId: 'run', now: 2 })
  await runs.begin({ ...anyBegin, kind: 'continue', runId: 'run2', messageId })
  await runs.end({ ...end, runId: 'run2', status: 'done' })
  await regenerate('run3')
  await runs.end({ ...end, runId: 'run3', status: 'stopped' })
  await runs.end({ ...end, runId: 'run3', status: 'stopped' })
  await regenerate('run4')
  await runs.requestStop({ runId: 'run4', now: 3 })
  await runs.end({ ...end, runId: 'run4', status: 'stopped' })
  await regenerate('run5')
  await runs.interrupt({ runId: 'run5', now: 3, progress: { parts: [], seq: 1 } })
  const queued = { ...chat, id: 'queued' }
  await queue.add({ ...queued, text: 'Next', model: anyBegin.model, lengthMax: 2, now: 3 })
  await queue.add({ ...queued, id: 'later', text: 'Later', model: undefined, lengthMax: 2, now: 3 })
  await queue.change({ ...queued, text: 'Last', model: anyBegin.model, position: 1 })
  await queue.list(chat)
  await queue.remove(queued)
  await runs.beginQueued({ ...anyBegin, runId: 'run6', answerId: 'answer6', queuedId: 'later' })
  await runs.end({ ...end, runId: 'run6', status: 'done' })
  await chats.get(chat)
  await chats.list({ userId: 'user', limit: 10 })
  await chats.list({
    userId: 'user',
    limit: 10,
    cursor: Buffer.from('2000.a').toString('base64url'),
  })
  await callShelves({ chats, folders })
  await chats.setTitle({ ...chat, title: 'Title', source: 'model', now: 1 })
  await chats.setModel({ ...chat, model: anyBegin.model })
  await chatSettings.changeParameters({ ...chat, parameters: { temperature: 1 } })
  await chatSettings.get(chat)
  await presets.put({ userId: 'user', item: anyPreset, now: 1 })
  await presets.list({ userId: 'user' })
  await presets.get({ userId: 'user', id: anyPreset.id })
  await presets.remove({ userId: 'user', id: anyPreset.id })
  await messages.path(chat)
  await messages.pathTo({ ...chat, messageId })
  await messages.page({ ...chat, limit: 30 })
  await messages.page({ ...chat, before: messageId, limit: 30 })
  await messages.get({ ...chat, messageId })
  await messages.select({ ...chat, messageId, now: 3 })
  await messages.remove({ ...chat, messageId, now: 3 })
  await messages.restore({ ...chat, messageId, now: 3 })
  await messages.purgeRemoved({ removedBefore: 1 })
  await search.hasBacklog()
  await search.indexBacklog()
  await chats.remove({ ...chat, now: 3 })
  await chats.restore(chat)
  await chats.purgeRemoved({ removedBefore: 1 })
  const temporary = { userId: 'user', chatId: 'temporary-chat' }
  const begun = { ...anySubmit, ...temporary, runId: 'run7', answerId: 'answer7' }
  await runs.begin(begun)
  await temporaryChats.hold({ ...temporary, until: 2 })
  await temporaryChats.expired({ now: 2 })
  await temporaryChats.erase(temporary)

  function regenerate(runId: string) {
    return runs.begin({ ...anyBegin, kind: 'regenerate', runId, answerId: `answer of ${runId}` })
  }
}

async function callShelves({ chats, folders }: Pick<Database, 'chats' | 'folders'>): Promise<void> {
  const folder = { userId: 'user', folderId: 'folder' }
  const cursor = Buffer.from('2000.a').toString('base64url')
  await folders.create({ ...folder, name: 'Folder', now: 1 })
  await folders.list({ userId: 'user' })
  for (const shelf of ['@list', '@pinned', '@archived', 'folder']) {
    await chats.list({ userId: 'user', limit: 10, shelf })
    await chats.list({ userId: 'user', limit: 10, shelf, cursor })
  }
  const change = { userId: 'user', chatIds: ['chat', 'c3'], now: 1 }
  await chats.arrange({ ...change, arrangement: { folderId: 'folder', seen: true } })
  await chats.arrange({ ...change, arrangement: { removed: false } })
  await chats.summaries(change)
  await folders.rename({ ...folder, name: 'Other' })
  await folders.move({ ...folder, position: 0 })
  await folders.remove(folder)
}

async function callEndpoints(endpoints: Database['userEndpoints']): Promise<void> {
  const own = { userId: 'user', endpointId: 'own' }
  const kind = 'openai' as const
  const values = { name: 'Own', kind, baseUrl: 'https://x', sealedKey: 'a', models: [] }
  await endpoints.create({ ...own, values, countMax: 9, now: 1 })
  await endpoints.list(own)
  await endpoints.change({ ...own, values, now: 2 })
  await endpoints.reseal({ ...own, from: 'a', to: 'b' })
  await endpoints.remove(own)
}
