import type { LiveEvent } from '@/shared/chat/live-event'
import { findChatSession } from '../chat/chat-sessions'
import { refreshChatSettings } from '../chat/settings/chat-settings'
import { presets } from '../presets/presets'
import { prompts } from '../presets/prompts'
import { userSettings } from '../settings/user-settings'

/** Asks again for what has changed elsewhere; for all that is followed here when an event may have been missed. */
export function takeLateEvent(event?: LiveEvent): void {
  if (!event || event.type === 'settings-changed') forget(userSettings.refresh())
  if (!event || event.type === 'presets-changed') forget(presets.refresh())
  if (!event || event.type === 'prompts-changed') forget(prompts.refresh())
  if (!event) forget(refreshChatSettings())
  if (event?.type === 'chat-settings-changed') {
    const session = findChatSession(event.chatId)
    if (session) forget(refreshChatSettings(session))
  }
}

/** What fails is made up for at the next occasion. */
function forget(refreshing: Promise<unknown>): void {
  refreshing.catch(() => undefined)
}
