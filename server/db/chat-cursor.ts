import 'server-only'
import { AppError } from '@/shared/errors/app-error'

/** Where a page of chats ended: the last chat on it, in the list's order. */
export type ChatPosition = { updatedAt: number; id: string }

export function encodeChatCursor({ updatedAt, id }: ChatPosition): string {
  return Buffer.from(`${updatedAt}.${id}`).toString('base64url')
}

/** Reads a cursor that a client sent back; refuses one that is not ours. */
export function decodeChatCursor(cursor: string): ChatPosition {
  const text = Buffer.from(cursor, 'base64url').toString()
  const [, updatedAt, id] = /^([0-9]{1,15})\.([A-Za-z0-9_-]{1,64})$/.exec(text) ?? []
  if (!updatedAt || !id) {
    throw new AppError('invalid-request', 'The cursor is not one of ours. Begin without it.')
  }
  return { updatedAt: Number(updatedAt), id }
}
