import 'server-only'
import type { ModelRef } from '@/shared/models/model-catalog'
import type { ContextWindows } from './context-setting'
import bundled from './context-windows.json'

const ofRivulet: ContextWindows = bundled

/** How many tokens a model can read, by the operator's list, else by that of Rivulet; nothing where nobody knows. */
export function contextTokensOf(
  own: ContextWindows,
  { provider, id }: ModelRef,
): number | undefined {
  const name = `${provider}/${id}`
  const plain = name.replace(/-\d{4}-\d{2}-\d{2}$/, '')
  return own[name] ?? own[plain] ?? ofRivulet[name] ?? ofRivulet[plain]
}
