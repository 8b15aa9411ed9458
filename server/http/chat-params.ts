import 'server-only'
import { idSchema } from '@/shared/chat/ids'
import { AppError } from '@/shared/errors/app-error'

/** A chat id from the path. One that can't be an id is answered as one that does not exist. */
export function chatParams({ chatId }: { chatId: string }): { chatId: string } {
  if (!idSchema.safeParse(chatId).success) throw new AppError('not-found', 'There is no such chat.')
  return { chatId }
}

/** The same with a message that waits in the chat. */
export function queuedParams({ messageId: id, ...params }: { chatId: string; messageId: string }): {
  chatId: string
  id: string
} {
  if (!idSchema.safeParse(id).success)
    throw new AppError('not-queued', 'There is no such message in the queue.')
  return { ...chatParams(params), id }
}

/** The same with a message of the conversation. */
export function messageParams({ chatId, messageId }: { chatId: string; messageId: string }): {
  chatId: string
  messageId: string
} {
  if (!idSchema.safeParse(messageId).success)
    throw new AppError('not-found', 'There is no such message.')
  return { ...chatParams({ chatId }), messageId }
}

/** The same for a folder. */
export function folderParams({ folderId }: { folderId: string }): { folderId: string } {
  if (!idSchema.safeParse(folderId).success)
    throw new AppError('not-found', 'There is no such folder.')
  return { folderId }
}

/** The same for what a user keeps to begin chats with. */
export function libraryParams(id: string): { id: string } {
  if (!idSchema.safeParse(id).success)
    throw new AppError('not-found', 'There is nothing of this id.')
  return { id }
}

/** The header, or the query for clients that cannot set it. */
export function lastEventIdOf(request: Request): string | null {
  return (
    request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('lastEventId')
  )
}

/** The answer that a chat is to be seen by, where the query names one. */
export function answerIdOf(request: Request): string | undefined {
  const answerId = new URL(request.url).searchParams.get('answer')
  if (answerId === null) return undefined
  if (!idSchema.safeParse(answerId).success)
    throw new AppError('not-found', 'There is no such answer.')
  return answerId
}

/** The same for an endpoint of a user's own. */
export function endpointParams({ endpointId }: { endpointId: string }): { endpointId: string } {
  if (!idSchema.safeParse(endpointId).success)
    throw new AppError('not-found', 'There is no such endpoint.')
  return { endpointId }
}
