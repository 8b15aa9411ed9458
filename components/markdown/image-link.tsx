import { Image } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ComponentProps } from 'react'
import type { ExtraProps } from 'streamdown'
import { safeUrl } from '@/shared/markdown/safe-url'

/** An image from elsewhere is never fetched by itself: its address may carry away what was said. */
export function ImageLink({ src, alt }: ComponentProps<'img'> & ExtraProps) {
  const t = useTranslations('markdown')
  const url = safeUrl(typeof src === 'string' ? src : undefined)
  const text = alt?.trim() ? alt : t('image')
  if (!url) return <span>{text}</span>
  return (
    <a
      href={url.href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="image-link"
      title={url.href}
    >
      <Image aria-hidden />
      <span className="image-link-text">{text}</span>
      <span className="link-host" aria-hidden>
        {url.host}
      </span>
      <span className="sr-only"> ({t('imageFrom', { host: url.host })})</span>
    </a>
  )
}
