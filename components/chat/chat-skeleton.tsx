import { useTranslations } from 'next-intl'

/** The shape of a conversation that is on its way. */
export function ChatSkeleton() {
  const t = useTranslations('chat')
  return (
    <div role="status" className="sign w-full pt-6">
      <span className="sr-only">{t('loading')}</span>
      <div aria-hidden className="grid gap-6">
        <div className="ms-auto h-11 w-1/2 rounded-outside bg-bubble" />
        <Lines widths={['w-11/12', 'w-full', 'w-10/12', 'w-7/12']} />
        <div className="mt-2 ms-auto h-11 w-2/5 rounded-outside bg-bubble" />
        <Lines widths={['w-full', 'w-11/12', 'w-8/12']} />
      </div>
    </div>
  )
}

function Lines({ widths }: { widths: string[] }) {
  return (
    <div className="grid gap-3.5">
      {widths.map((width) => (
        <div key={width} className={`h-3.5 rounded-full bg-wash ${width}`} />
      ))}
    </div>
  )
}
