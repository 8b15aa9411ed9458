import { Image } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { use } from 'react'
import { safeUrl } from '@/shared/markdown/safe-url'
import { InsideLink } from './markdown-context'

const dataImage = /^data:image\/(?:png|jpeg|gif|webp|avif);base64,[a-z0-9+/]+={0,2}$/i
const dataImageLengthMax = 1_000_000

type ImageViewProps = { url: string; alt: string }

/**
 * An image from elsewhere is never fetched: its address may carry away what was said. It is a link that names where it
 * leads. One that is in the text itself is shown, in a frame that has its size before the image does.
 */
export function ImageView({ url, alt }: ImageViewProps) {
  const t = useTranslations('markdown')
  const isInside = use(InsideLink)
  const text = alt.trim() ? alt : t('image')
  if (isDataImage(url)) return <img className="data-image" src={url} alt={text} />
  const safe = safeUrl(url)
  if (!safe || isInside) return <span>{text}</span>
  return (
    <a
      href={safe.href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="image-link"
      title={safe.href}
    >
      <Image aria-hidden />
      <span className="image-link-text">{text}</span>
      <span className="link-host" aria-hidden>
        {safe.host}
      </span>
      <span className="sr-only"> ({t('imageFrom', { host: safe.host })})</span>
    </a>
  )
}

function isDataImage(url: string): boolean {
  return url.length <= dataImageLengthMax && dataImage.test(url)
}
