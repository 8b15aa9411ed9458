import { ArrowUpRight } from 'lucide-react'

type SuggestionsProps = { label: string; prompts: readonly string[]; ask: (text: string) => void }

/** First messages to begin with, each a press away. */
export function Suggestions({ label, prompts, ask }: SuggestionsProps) {
  return (
    <ul aria-label={label} className="mt-8 grid sm:grid-cols-2 sm:gap-x-8">
      {prompts.map((prompt) => (
        <li key={prompt} className="border-t border-hairline">
          <button
            type="button"
            onClick={() => ask(prompt)}
            className="group flex min-h-14 w-full items-start justify-between gap-3 py-3.5 text-start text-[0.9375rem] leading-normal text-soft transition-colors hover-able:text-ink"
          >
            <span className="min-w-0 text-pretty wrap-anywhere">{prompt}</span>
            <ArrowUpRight
              aria-hidden
              className="mt-0.5 size-4 shrink-0 text-faint opacity-60 transition-opacity group-hover:opacity-100"
            />
          </button>
        </li>
      ))}
    </ul>
  )
}
