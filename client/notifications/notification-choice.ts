import { browserKeptValues, type KeptValues } from '../browser/kept-values'
import { notificationsKey as key } from './wants-notifications'

/** `text`: with the first words of the answer, which anybody may see who sees the screen. */
export type NotificationChoice = 'off' | 'on' | 'text'
/** What a browser says of it; `missing` where it has none, or not over plain HTTP. */
export type NotificationRight = 'default' | 'denied' | 'granted' | 'missing'

type Options = {
  kept: KeptValues
  right: () => NotificationRight
  /** Asks the user; only a press may do that. */
  ask: () => Promise<unknown>
}

/** Whether this device shows notifications: chosen on each by itself, as its browser allows it. */
export function createNotificationChoice({ kept, right, ask }: Options) {
  const listeners = new Set<() => void>()

  function get(): NotificationChoice {
    const chosen = kept.getItem(key)
    return right() === 'granted' && (chosen === 'on' || chosen === 'text') ? chosen : 'off'
  }

  async function choose(choice: NotificationChoice) {
    if (choice !== 'off' && right() === 'default') await ask()
    if (choice === 'off') kept.removeItem(key)
    else if (right() === 'granted') kept.setItem(key, choice)
    for (const listener of listeners) listener()
  }

  return {
    get,
    right,
    choose,
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export const notificationChoice = createNotificationChoice({
  kept: browserKeptValues,
  right: () =>
    typeof window !== 'undefined' && 'Notification' in window && 'serviceWorker' in navigator
      ? Notification.permission
      : 'missing',
  ask: () => Notification.requestPermission(),
})
