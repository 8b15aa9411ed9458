import 'server-only'
import { z } from 'zod'
import { folderNameLengthMax } from '@/shared/chat/batch'
import { idSchema } from '@/shared/chat/ids'

/** What `PATCH /api/chats/{chatId}` and `POST /api/chats/batch` say of where a chat stands. */
export const arrangementShape = {
  pinned: z.boolean().optional(),
  archived: z.boolean().optional(),
  folderId: z.nullable(idSchema).optional(),
  seen: z.literal(true).optional(),
}

export const folderNameSchema = z.string().trim().min(1).max(folderNameLengthMax)
