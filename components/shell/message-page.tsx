import type { ReactNode } from 'react'
import { Mark } from '@/components/ui/wordmark'

type MessagePageProps = {
  title: string
  text: string
  note?: string | undefined
  children: ReactNode
}

/** A page that has only to say why there is no other, and where to go. */
export function MessagePage({ title, text, note, children }: MessagePageProps) {
  return (
    <main className="mx-auto flex w-full max-w-column flex-1 flex-col items-start justify-center px-6 pb-24">
      <Mark className="size-8" />
      <h1 className="mt-5 text-2xl font-medium tracking-[-0.02em]">{title}</h1>
      <p className="mt-2 text-soft">{text}</p>
      {note ? <p className="tabular mt-1 font-mono text-xs text-faint">{note}</p> : null}
      <div className="mt-6 flex flex-wrap gap-2">{children}</div>
    </main>
  )
}
