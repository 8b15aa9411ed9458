import { withQuotation } from '@/shared/chat/quotation'
import { changeComposer, writeOn } from '../composer-field'
import { selectedText } from './watch-selection'

/** Puts a text into the composer as a quotation, behind what is written there. */
export function quoteText(text: string): void {
  changeComposer((draft) => withQuotation(draft, text))
  writeOn()
}

/** The same with what is selected in a message; `false` where nothing is. */
export function quoteSelection(): boolean {
  const text = selectedText()
  if (text === undefined) return false
  quoteText(text)
  return true
}
