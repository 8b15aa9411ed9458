import { Download, WrapText } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { downloadText } from '@/client/browser/download-text'
import type { CodeDocument } from '@/client/highlight/code-document'
import { languageOf } from '@/client/highlight/languages'
import { codeWraps, showCodeWrap } from '@/client/preferences/code-wrap'
import { subscribeToRootSettings } from '@/client/preferences/root-settings'
import { saveSettings } from '@/client/settings/save-settings'
import { CopyButton } from '@/components/ui/copy-button'
import { IconButton } from '@/components/ui/icon-button'

const size = 'pointer-fine:size-7 [&_svg]:size-4'

type CodeHeaderProps = { language: string | undefined; document: CodeDocument }

/** The language of a code block, and what can be done with it. */
export function CodeHeader({ language, document }: CodeHeaderProps) {
  const t = useTranslations('markdown')
  const wrap = useSyncExternalStore(subscribeToRootSettings, codeWraps, () => false)
  const known = languageOf(language)
  return (
    <div className="code-head">
      <span className="code-language">{known?.name ?? language}</span>
      <IconButton
        label={t('wrapLines')}
        aria-pressed={wrap}
        className={size}
        onClick={() => {
          showCodeWrap(!wrap)
          saveSettings({ codeWrap: !wrap })
        }}
      >
        <WrapText aria-hidden />
      </IconButton>
      <IconButton
        label={t('downloadCode')}
        className={size}
        onClick={() => downloadText(known?.fileName ?? 'code.txt', `${document.text()}\n`)}
      >
        <Download aria-hidden />
      </IconButton>
      <CopyButton label={t('copyCode')} text={() => document.text()} className={size} />
    </div>
  )
}
