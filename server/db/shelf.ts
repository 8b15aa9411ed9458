import 'server-only'
import { sql } from 'kysely'

/** The list that a chat stands in, in the words of the index `chats_on_shelf`: only so do the engines use it. */
export const shelfColumn = sql<string>`(case
    when chats.removed_at is not null then '@removed'
    when chats.archived_at is not null then '@archived'
    when chats.pinned_at is not null then '@pinned'
    else coalesce(chats.folder_id, '@list') end)`
