import { z } from 'zod'
import { modelRefSchema } from '../models/model-catalog'
import { chatBeginningSchema } from './chat-settings'
import { comparedModelsMax } from './compared-models'
import { idSchema } from './ids'

const textPartSchema = z.looseObject({ type: z.literal('text'), text: z.string() })

/** A message as a client sends it. Only a user's text is read; ids, roles and times of ours are never taken from it. */
const sentMessageSchema = z.looseObject({
  id: z.optional(idSchema),
  role: z.enum(['user', 'assistant', 'system']),
  parts: z.array(z.looseObject({ type: z.string() })),
})

/**
 * The body of `POST /api/chat` (docs/protocol.md § 2). A stock AI SDK client sends `messages`, of which only the newest
 * user message counts: history is the server's. Our own client sends that one as `message`.
 */
export const chatRequestSchema = z.strictObject({
  id: idSchema,
  trigger: z
    .enum(['submit-message', 'regenerate-message', 'continue-message'])
    .default('submit-message'),
  message: sentMessageSchema.optional(),
  messages: z.array(sentMessageSchema).optional(),
  /** The answer to regenerate or to continue. */
  messageId: z.optional(idSchema),
  /** Of a message submitted: what it follows, `null` for the beginning of the chat. Left out, the end of the branch. */
  parentId: z.optional(z.nullable(idSchema)),
  model: z.optional(modelRefSchema),
  begin: z.optional(chatBeginningSchema),
  /** Others that answer the message submitted too, each beside the answer of `model`. */
  compareWith: z.optional(
    z
      .array(modelRefSchema)
      .min(1)
      .max(comparedModelsMax - 1),
  ),
})
export type ChatRequest = z.infer<typeof chatRequestSchema>

/** The text and the id of the message being sent, or nothing when the body has no user message. */
export function sentMessage(
  request: ChatRequest,
): { id: string | undefined; text: string } | undefined {
  const message = request.message ?? request.messages?.findLast(({ role }) => role === 'user')
  if (message?.role !== 'user') return undefined
  const text = message.parts.flatMap((part) => {
    const textPart = textPartSchema.safeParse(part)
    return textPart.success ? [textPart.data.text] : []
  })
  return { id: message.id, text: text.join('\n\n') }
}
