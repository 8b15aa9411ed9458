import { expect, vi } from 'vitest'
import { markdownMarkup } from './markdown-markup'

/** Resolves when code and tables are drawn as they are for a reader, and no more in their first, plain form. */
export async function loadParts(): Promise<void> {
  await vi.waitFor(() => {
    const markup = markdownMarkup('```\na\n```\n\n| a |\n| - |\n| b |')
    expect(markup).toContain('class="code-lines"')
    expect(markup).toContain('class="table-action"')
  })
}
