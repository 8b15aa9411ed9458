import 'server-only'
import type { MessagePage } from '@/shared/chat/chat-summary'
import { messagesPerPage } from '@/shared/chat/message-page'
import { AppError } from '@/shared/errors/app-error'
import type { Services } from '../services'

/** The messages right before one, on its branch. Refuses with `not-found` what is no message of a chat of the user. */
export async function loadEarlierMessages({
  services,
  limit = messagesPerPage,
  ...end
}: {
  services: Services
  userId: string
  chatId: string
  before: string
  limit?: number
}): Promise<MessagePage> {
  const page = await services.db.messages.page({ ...end, limit })
  if (!page) throw new AppError('not-found', 'There is no such chat, or no such message in it.')
  return page
}
