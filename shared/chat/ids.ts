import * as z from 'zod/mini'
import { idPattern } from './is-id'

/** Ids may come from the client (a stock AI SDK client makes its own), so they are short and plain. */
export const idSchema = z.string().check(z.regex(idPattern, 'must be 1 to 64 of A-Z a-z 0-9 _ -'))
