import 'server-only'
import type { Services } from './services'

const holder: typeof globalThis & { rivuletServices?: Promise<Services> } = globalThis

/**
 * The services of this process for code that would not load theirs, with every adapter and SDK, for its own sake: the
 * proxy is a bundle by itself, and where the server starts by `instrumentation.ts` they are there before it runs.
 */
export async function openedServices(): Promise<Services> {
  return holder.rivuletServices ?? (await import('./services')).services()
}
