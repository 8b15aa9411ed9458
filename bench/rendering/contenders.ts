/** A renderer, which has a page of its own in `site/`. */
export type RenderContender = {
  id: ContenderId
  label: string
  /** Whether it colours code. */
  highlights: boolean
}

export const contenderIds = ['ours', 'streamdown', 'blocks', 'react-markdown', 'plain'] as const
export type ContenderId = (typeof contenderIds)[number]

const labels: Record<ContenderId, string> = {
  ours: 'Rivulet',
  streamdown: 'streamdown',
  blocks: 'memoised react-markdown blocks',
  'react-markdown': 'react-markdown, whole text',
  plain: 'plain text (the floor)',
}

export const renderContenders: readonly RenderContender[] = contenderIds.map((id) => ({
  id,
  label: labels[id],
  highlights: id === 'ours' || id === 'streamdown',
}))
