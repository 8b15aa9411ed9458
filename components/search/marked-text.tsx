import type { Snippet } from '@/shared/search/snippet'

/** Plain text with what was found in it made stand out. */
export function MarkedText({ text, ranges }: Snippet) {
  const pieces = ranges.map(([start, end], index) => (
    <span key={start}>
      {text.slice(ranges[index - 1]?.[1] ?? 0, start)}
      <mark className="rounded-[3px] bg-river-wash text-river">{text.slice(start, end)}</mark>
    </span>
  ))
  return (
    <>
      {pieces}
      {text.slice(ranges.at(-1)?.[1] ?? 0)}
    </>
  )
}
