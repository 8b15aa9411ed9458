'use client'

import { memo } from 'react'
import type { MessageProps } from './message'
import { useConversation, useFarHeight } from './history/conversation-context'
import type { Stretch } from './history/stretches'
import { Message } from './message'

type MessageStretchProps = Pick<MessageProps, 'session' | 'phase' | 'moves' | 'nameModel'> & {
  stretch: Stretch
  /** The conversation’s last messages, where some of them are in this stretch. */
  tail: readonly string[] | undefined
  linkedId: string | undefined
  /** As in `MessageProps`, by its id. */
  contextFrom: string | undefined
}

/**
 * Some messages in a row. While none of them is rendered, the browser lays them out only where they come into view or
 * something in them is looked for; until then they take as much room as they will. One message more renders one stretch.
 */
export const MessageStretch = memo(function MessageStretch(props: MessageStretchProps) {
  const { session, stretch, tail, phase, moves, linkedId, contextFrom, nameModel } = props
  const { watchStretch } = useConversation()
  const farHeight = useFarHeight(stretch.ids)
  const isFar = farHeight !== undefined && !tail
  const lastId = tail?.at(-1)
  return (
    <div
      ref={watchStretch}
      style={
        isFar
          ? { contentVisibility: 'auto', containIntrinsicBlockSize: `${farHeight}px` }
          : undefined
      }
    >
      {stretch.ids.map((id) => (
        <Message
          key={id}
          session={session}
          messageId={id}
          isKept={tail?.includes(id) ?? false}
          isLinked={id === linkedId}
          isContextStart={id === contextFrom}
          phase={id === lastId ? phase : 'idle'}
          moves={id === lastId ? moves : undefined}
          nameModel={nameModel}
        />
      ))}
    </div>
  )
})
