import 'server-only'
import { z } from 'zod'
import { AppError } from '@/shared/errors/app-error'

/** A stock client sends its whole history along, so this is far above the longest message. */
const bodyBytesMax = 4 * 1024 * 1024

/** Reads a JSON body of a known shape. Throws `AppError` that names what is wrong: size, UTF-8, JSON, or the key. */
export async function parseBody<Schema extends z.core.$ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.output<Schema>> {
  const parsed = z.safeParse(schema, parseJson(await readText(request)))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const place = issue?.path.join('.')
  throw new AppError(
    'invalid-request',
    `${place ? `${place}: ` : ''}${issue?.message ?? 'The body has the wrong shape.'}`,
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('malformed-body', 'The body is not valid JSON.')
  }
}

async function readText(request: Request): Promise<string> {
  if (Number(request.headers.get('content-length') ?? 0) > bodyBytesMax) throw tooLarge()
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > bodyBytesMax) throw tooLarge()
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new AppError('malformed-body', 'The body is not valid UTF-8.')
  }
}

function tooLarge(): AppError {
  return new AppError('body-too-large', `The body is larger than ${bodyBytesMax} bytes.`, {
    bytesMax: bodyBytesMax,
  })
}
