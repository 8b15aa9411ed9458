import { rememberCodeWrap } from './preferences'
import { rootSetting, setRootSetting } from './root-settings'

/** Whether long lines of code wrap, in every block: a change renders none of them, for style sheets see it at the root. */
export function codeWraps(): boolean {
  return rootSetting('codeWrap') === 'on'
}

export function showCodeWrap(wraps: boolean): void {
  setRootSetting('codeWrap', wraps ? 'on' : 'off')
  rememberCodeWrap(wraps)
}
