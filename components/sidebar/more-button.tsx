'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { tabList } from '@/client/chats/tab-list'
import { Button } from '@/components/ui/button'

type MoreButtonProps = { shelf: string; loading: boolean }

/** Loads on when it comes near, and by hand where scrolling is not how one reads. */
export default function MoreButton({ shelf, loading }: MoreButtonProps) {
  const t = useTranslations('sidebar')
  const [failed, setFailed] = useState(false)

  async function load() {
    try {
      await tabList.loadMore(shelf)
      setFailed(false)
    } catch {
      setFailed(true)
    }
  }

  function watch(button: HTMLButtonElement | null) {
    if (!button) return
    const sight = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting && !failed) void load()
      },
      { root: button.closest('nav'), rootMargin: '1500px' },
    )
    sight.observe(button)
    return () => sight.disconnect()
  }

  return (
    <>
      {failed ? (
        <p role="alert" className="mt-3 px-2 text-xs text-danger">
          {t('loadFailed')}
        </p>
      ) : null}
      <Button
        ref={watch}
        shape="quiet"
        className="mt-3 justify-start px-2 text-xs font-normal text-faint"
        aria-busy={loading}
        onClick={() => void load()}
      >
        {loading ? t('loading') : t('more')}
      </Button>
    </>
  )
}
