import type { UserSettings } from './user-settings'

/** Apart from the schema, which a page does not load at first. */
export const defaultSettings: UserSettings = {
  locale: null,
  theme: null,
  textSize: 'normal',
  density: 'comfortable',
  sendKey: 'enter',
  motion: 'system',
  codeWrap: null,
  instructionsOn: true,
  aboutUser: '',
  answerStyle: '',
  favouriteModels: [],
  hiddenModels: [],
}
