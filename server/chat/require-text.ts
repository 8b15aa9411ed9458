import 'server-only'
import { AppError } from '@/shared/errors/app-error'
import type { Services } from '../services'

/** What a person wrote, when it can be sent. Throws `empty-message` and `message-too-long`. */
export function requireText({ env }: Services, text: string | undefined): string {
  const lengthMax = env.MESSAGE_LENGTH_MAX
  if (!text?.trim())
    throw new AppError(
      'empty-message',
      'The message has no text. Write something and send it again.',
    )
  if (text.length > lengthMax) {
    throw new AppError(
      'message-too-long',
      `The message has ${text.length} characters; ${lengthMax} are allowed. Shorten it or send it in parts.`,
      { length: text.length, lengthMax },
    )
  }
  return text
}
