import * as z from 'zod/mini'

/** Plain text, and the places in it of what was found: UTF-16 units, end exclusive. Never markup. */
const snippetSchema = z.object({
  text: z.string(),
  ranges: z.array(z.tuple([z.number(), z.number()])),
})

export const searchResultsSchema = z.object({
  /** Chats found by their title, the latest begun first; on the first page alone. */
  chats: z.array(z.object({ chatId: z.string(), title: snippetSchema, updatedAt: z.number() })),
  /** Messages, the newest first. */
  messages: z.array(
    z.object({
      chatId: z.string(),
      chatTitle: z.string(),
      messageId: z.string(),
      role: z.enum(['user', 'assistant']),
      createdAt: z.number(),
      snippet: snippetSchema,
    }),
  ),
  nextCursor: z.nullable(z.string()),
  /** Older messages are still being made ready: later the same search may find more. */
  isIndexing: z.boolean(),
})

export type SearchResults = z.infer<typeof searchResultsSchema>
