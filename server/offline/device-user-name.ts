import 'server-only'
import { createHash } from 'node:crypto'
import { isProduction } from '../env'

/**
 * What a device calls its user, to keep apart what it keeps: says nothing of the id, and opens nothing. Nobody in
 * development, where nothing is kept.
 */
export function deviceUserName(userId: string | undefined): string | undefined {
  if (!isProduction() || userId === undefined) return undefined
  return createHash('sha256').update(`device:${userId}`).digest('base64url').slice(0, 16)
}
