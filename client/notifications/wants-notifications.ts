import { browserKeptValues } from '../browser/kept-values'

/** Where a device keeps what was chosen; nothing there is none. */
export const notificationsKey = 'rivulet.notifications'

/** Whether somebody has chosen them here: known without what a page does not load at first. */
export function wantsNotifications(): boolean {
  return browserKeptValues.getItem(notificationsKey) !== null
}
