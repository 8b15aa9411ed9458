'use client'

import type { ChatSession } from '@/client/chat/chat-session'
import type { ModelCatalog, ModelRef } from '@/shared/models/model-catalog'
import { SelectionQuote } from '../quote/selection-quote'
import { ContextGauge } from './context-gauge'
import { Dictate } from './dictate'
import { StopReading } from './stop-reading'

export type ChatToolsProps = {
  session: ChatSession
  /** The one that is to answer next. */
  model: ModelRef | undefined
  catalog: ModelCatalog | undefined
}

export default function ChatTools(props: ChatToolsProps) {
  return (
    <>
      <SelectionQuote />
      <StopReading />
      <ContextGauge {...props} />
      <Dictate />
    </>
  )
}
