'use client'

import { Code, Maximize2, Workflow } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Suspense, useRef, useState } from 'react'
import { languageOf } from '@/client/highlight/languages'
import { CopyButton } from '@/components/ui/copy-button'
import { IconButton } from '@/components/ui/icon-button'
import { DiagramImage } from './diagram-image'
import { diagramKind } from './diagram-kind'
import { useDrawing } from './use-drawing'
import { useNear } from './use-near'
import { lazyPart } from '@/components/ui/lazy-part'

const DiagramDialog = lazyPart(() => import('./diagram-dialog'))
const buttonSize = 'pointer-fine:size-7 [&_svg]:size-4'

export type DiagramProps = { source: string }

/** A Mermaid diagram as a picture. Its source stands there until it is drawn, if it cannot be, and when asked for. */
export default function Diagram({ source }: DiagramProps) {
  const t = useTranslations('markdown')
  const box = useRef<HTMLDivElement>(null)
  const state = useDrawing({ source, wanted: useNear(box) })
  const [sourceWanted, setSourceWanted] = useState(false)
  const [enlarged, setEnlarged] = useState<boolean>()
  const drawing = state.status === 'drawn' ? state.drawing : undefined
  const kind = diagramKind(source)
  const name = kind ? t('diagramOfKind', { kind }) : t('diagram')
  return (
    <div ref={box} className="code-box" role="group" aria-label={name}>
      <div className="code-head">
        <span>{languageOf('mermaid')?.name}</span>
        <span className="diagram-actions">
          {drawing ? (
            <>
              <IconButton
                label={sourceWanted ? t('showDiagram') : t('showSource')}
                className={buttonSize}
                onClick={() => setSourceWanted(!sourceWanted)}
              >
                {sourceWanted ? <Workflow aria-hidden /> : <Code aria-hidden />}
              </IconButton>
              <IconButton
                label={t('enlarge')}
                className={buttonSize}
                onClick={() => setEnlarged(true)}
              >
                <Maximize2 aria-hidden />
              </IconButton>
            </>
          ) : null}
          <CopyButton label={t('copyCode')} text={() => source} className={buttonSize} />
        </span>
      </div>
      {drawing && !sourceWanted ? (
        <DiagramImage drawing={drawing} name={name} />
      ) : (
        <pre tabIndex={0}>
          <code>{source}</code>
        </pre>
      )}
      {state.status === 'failed' ? <p className="diagram-note">{t('diagramFailed')}</p> : null}
      {drawing && enlarged !== undefined ? (
        <Suspense>
          <DiagramDialog drawing={drawing} name={name} open={enlarged} onOpenChange={setEnlarged} />
        </Suspense>
      ) : null}
    </div>
  )
}
