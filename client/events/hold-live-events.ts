import type { LiveEvent } from '@/shared/chat/live-event'
import { browserEnvironment } from '../browser/browser-environment'
import { whenQuiet } from '../browser/when-quiet'
import { findChatSession, openChatSessions } from '../chat/chat-sessions'
import { reloadQueue } from '../chat/queue/late-queue'
import { chatList } from '../chats/chat-list'
import { refreshModels } from '../models/use-models'
import { wantsNotifications } from '../notifications/wants-notifications'
import { exceptResting } from '../stream/page-signals'
import { firstHand } from './first-hand'
import { openTabChannel, startLiveEvents } from './live-events'

let holders = 0
let stop: (() => void) | undefined
/** The page was drawn a moment ago: to make sure that nothing was missed since has time until nobody needs the browser. */
let hasBeenConnected = false

/** Follows what happens in other tabs and on other devices, as long as somebody holds it. Returns what lets go. */
export function holdLiveEvents(): () => void {
  holders += 1
  stop ??= startLiveEvents({
    ...browserEnvironment,
    // Absent outside secure contexts, whatever the types say.
    locks: 'locks' in navigator ? navigator.locks : undefined,
    openChannel: 'BroadcastChannel' in window ? openTabChannel : undefined,
    onConnected: () => {
      if (hasBeenConnected) {
        void catchUp().catch(() => undefined)
        for (const session of openChatSessions()) session.noteBranch(undefined)
        takeLate()
        takeModels()
      } else whenQuiet(() => void catchUp().catch(() => undefined))
      hasBeenConnected = true
    },
    onEvent: takeEvent,
    onFirstHand: firstHand.tell,
    page: exceptResting(browserEnvironment.page, wantsNotifications),
  })
  return () => {
    holders -= 1
    if (holders > 0) return
    stop?.()
    stop = undefined
  }
}

/** What happened while nobody listened; a failure is made up for at the next connect. */
async function catchUp(): Promise<void> {
  const list = await chatList.whole()
  await list.refresh()
  for (const { id, activeRunId, updatedAt } of list.chats()) {
    const session = findChatSession(id)
    session?.noteChange({ runId: activeRunId, updatedAt })
    if (session && (activeRunId || session.queue.shown.length > 0)) void reloadQueue(session)
  }
}

function takeEvent(event: LiveEvent): void {
  if (event.type === 'models-changed') return takeModels()
  if (isLate(event)) return takeLate(event)
  chatList.tell((list) => list.apply(event))
  if (event.type === 'run-started' || event.type === 'run-ended') {
    findChatSession(event.chatId)?.noteChange({ runId: event.runId })
  } else if (event.type === 'queue-changed') {
    const session = findChatSession(event.chatId)
    if (session) void reloadQueue(session)
  }
  if (event.type === 'branch-selected') findChatSession(event.chatId)?.noteBranch(event.leafId)
  else if (event.type === 'comparison-changed') findChatSession(event.chatId)?.noteComparison()
}

/** Of what a page has not loaded until somebody looks at it. */
function isLate({ type }: LiveEvent): boolean {
  return /settings|presets|prompts/.test(type)
}

function takeLate(event?: LiveEvent): void {
  void import('./late-events')
    .then(({ takeLateEvent }) => takeLateEvent(event))
    .catch(() => undefined)
}

/** What fails is made up for when the page is loaded next. */
function takeModels(): void {
  refreshModels().catch(() => undefined)
}
