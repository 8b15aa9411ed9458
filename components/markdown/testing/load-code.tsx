import { expect, vi } from 'vitest'
import { markdownMarkup } from './markdown-markup'

/** Resolves when code is drawn as it is for a reader, and no more in its first, plain form. */
export async function loadCode(): Promise<void> {
  await vi.waitFor(() => expect(markdownMarkup('```\na\n```')).toContain('class="code-lines"'))
}
