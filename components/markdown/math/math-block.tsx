import type { MathBlock } from '@/shared/markdown/tree'
import { DisplayMath } from './display-math'

/** A formula of its own. While it is still being written it is its source, which grows calmly. */
export function MathBlockView({ block }: { block: MathBlock }) {
  return <DisplayMath tex={block.tex} open={block.open} />
}
