import { describe, expect, it } from 'vitest'
import { defaultSettings } from './default-settings'
import { instructionsLengthMax } from './limits'
import { settingsChangeSchema, settingsOf, userSettingsSchema } from './user-settings'

describe('stored settings', () => {
  it('are the defaults where nothing was chosen', () => {
    expect(settingsOf(new Map())).toEqual(defaultSettings)
    expect(userSettingsSchema.parse(defaultSettings)).toEqual(defaultSettings)
  })

  it('are read one by one, so that a damaged one takes no other along', () => {
    const stored = new Map<string, unknown>([
      ['textSize', 'gigantic'],
      ['sendKey', 'mod-enter'],
      ['codeWrap', 'yes'],
      ['of a newer version', true],
    ])

    expect(settingsOf(stored)).toEqual({ ...defaultSettings, sendKey: 'mod-enter' })
  })
})

describe('a change', () => {
  const isAccepted = (change: unknown) => settingsChangeSchema.safeParse(change).success

  it('names any of the settings, and nothing else', () => {
    expect(isAccepted({})).toBe(true)
    expect(isAccepted({ theme: 'dark', motion: 'reduced' })).toBe(true)
    expect(isAccepted({ theme: null })).toBe(true)
    expect(isAccepted({ colour: 'green' })).toBe(false)
  })

  it('is refused with a value that is not among the choices', () => {
    expect(isAccepted({ theme: 'sepia' })).toBe(false)
    expect(isAccepted({ locale: 'de' })).toBe(false)
    expect(isAccepted({ codeWrap: 1 })).toBe(false)
    expect(isAccepted({ hiddenModels: ['openai/gpt'] })).toBe(false)
  })

  it('is bounded in what it says to the model, and in its lists', () => {
    const models = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ provider: 'openai', id: `model-${index}` }))

    expect(isAccepted({ aboutUser: 'x'.repeat(instructionsLengthMax) })).toBe(true)
    expect(isAccepted({ aboutUser: 'x'.repeat(instructionsLengthMax + 1) })).toBe(false)
    expect(isAccepted({ favouriteModels: models(500) })).toBe(true)
    expect(isAccepted({ favouriteModels: models(501) })).toBe(false)
  })
})
