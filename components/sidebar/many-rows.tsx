'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { ChatSummary } from '@/shared/chat/chat-summary'
import { ChatRow } from './chat-row'
import { keptChat, type PlacedRow, rowsInSight, rowsToDraw, type SightLine } from './rows-in-sight'

type RowGroup = { heading?: ReactNode; key?: string; chats: readonly ChatSummary[] }

type ManyRowsProps = {
  groups: readonly RowGroup[]
  openChatId: string | undefined
  onPick: () => void
}

/** Rows and headings that are drawn only near the part of the list in sight, each in its place. */
export default function ManyRows({ groups, openChatId, onPick }: ManyRowsProps) {
  const place = useRef<HTMLDivElement>(null)
  const [rowHeight, setRowHeight] = useState(36)
  const [sight, setSight] = useState<SightLine>({ from: 0, to: 0 })
  const [kept, setKept] = useState<string>()

  useEffect(() => {
    const element = place.current
    const view = element?.closest('nav')
    if (!element || !view) return
    const coarse = matchMedia('(pointer: coarse)')
    const measure = () => setRowHeight(coarse.matches ? 44 : 36)
    const look = () => {
      const begin = view.getBoundingClientRect().top - element.getBoundingClientRect().top
      setSight((before) => rowsInSight(before, { begin, height: view.clientHeight }))
    }
    const keep = () => setKept(keptChat(element))
    const abort = new AbortController()
    const options = { signal: abort.signal, passive: true }
    view.addEventListener('scroll', look, options)
    view.addEventListener('focusin', keep, options)
    coarse.addEventListener('change', measure, options)
    const size = new ResizeObserver(look)
    size.observe(view)
    size.observe(element)
    measure()
    return () => {
      abort.abort()
      size.disconnect()
    }
  }, [])

  const placed = placeGroups(groups, rowHeight)
  return (
    <div ref={place} className="relative" style={{ height: placed.height }}>
      {placed.groups.map(({ group, headingTop, rowsTop }, index) => (
        <Group
          key={group.key ?? index}
          group={group}
          headingTop={headingTop}
          rows={rowsToDraw(group.chats, { rowsTop, rowHeight, sight, kept })}
          openChatId={openChatId}
          onPick={onPick}
        />
      ))}
    </div>
  )
}

type GroupProps = Omit<ManyRowsProps, 'groups'> & {
  group: RowGroup
  headingTop: number
  rows: readonly PlacedRow[]
}

function Group({ group, headingTop, rows, openChatId, onPick }: GroupProps) {
  if (rows.length === 0) return null
  return (
    <section>
      {group.heading === undefined ? null : (
        <h2
          style={{ position: 'absolute', top: headingTop + 16 }}
          className="tabular px-2 pb-1 text-xs text-faint"
        >
          {group.heading}
        </h2>
      )}
      <ul>
        {rows.map(({ chat, top }) => (
          <ChatRow
            key={chat.id}
            chat={chat}
            open={chat.id === openChatId}
            onPick={onPick}
            top={top}
          />
        ))}
      </ul>
    </section>
  )
}

/** As tall as the headings of `chat-groups.tsx`, with the space above them. */
const headingHeight = 36

function placeGroups(groups: readonly RowGroup[], rowHeight: number) {
  let height = 0
  const placed = groups.map((group) => {
    const headingTop = height
    const rowsTop = headingTop + (group.heading === undefined ? 0 : headingHeight)
    height = rowsTop + group.chats.length * rowHeight
    return { group, headingTop, rowsTop }
  })
  return { groups: placed, height }
}
