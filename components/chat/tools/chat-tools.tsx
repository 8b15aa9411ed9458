'use client'

import { SelectionQuote } from '../quote/selection-quote'
import { Dictate } from './dictate'
import { StopReading } from './stop-reading'

export default function ChatTools() {
  return (
    <>
      <SelectionQuote />
      <StopReading />
      <Dictate />
    </>
  )
}
