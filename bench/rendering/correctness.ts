import type { Page } from 'playwright'
import type { ContenderId } from './contenders'
import type { Document } from './documents/document'
import type { StreamOutcome } from './site/app/_stage/driver'

/** A contender does not show what it was given: its figures would mean nothing. */
export class NotShownError extends Error {}

/** What a stopped contender may still hold back, in UTF-16 units. */
const heldBack = 300

/**
 * Nobody wins by showing nothing: each word that stands in the text once must be on the page. Ours must moreover look as
 * if the whole text had been there from the beginning.
 */
export async function requireShown({
  page,
  contender,
  document,
  outcome,
}: {
  page: Page
  contender: ContenderId
  document: Document
  outcome: StreamOutcome
}): Promise<void> {
  const { text, kind } = document
  const given = outcome.complete ? text : text.slice(0, outcome.length - heldBack)
  const streamed = await page.evaluate(() => window.renderBench.shown())
  const missing = document.marks.filter(
    (mark) => given.includes(mark) && !streamed.text.includes(mark),
  )
  if (missing.length > 0)
    throw new NotShownError(`${contender} does not show ${missing.length} words of “${kind}”.`)
  if (contender !== 'ours' || !outcome.complete) return
  await page.evaluate((whole) => window.renderBench.oneShot(whole), text)
  const atOnce = await page.evaluate(() => window.renderBench.shown())
  if (atOnce.text !== streamed.text)
    throw new NotShownError(`Streamed, “${kind}” does not read as it does at once.`)
  if (atOnce.markup !== streamed.markup)
    throw new NotShownError(`Streamed, “${kind}” is not made of the same elements as at once.`)
}
