import 'server-only'
import type { ModelRef } from '@/shared/models/model-catalog'
import { lookUpModel } from '../model-table'
import type { ContextWindows } from './context-setting'
import bundled from './context-windows.json'

const ofRivulet: ContextWindows = bundled

/** How many tokens a model can read, by the operator's list, else by that of Rivulet; nothing where nobody knows. */
export function contextTokensOf(own: ContextWindows, ref: ModelRef): number | undefined {
  return lookUpModel(ref, [own, ofRivulet])
}
