import { expect, test } from 'vitest'
import { directionOf, localeName, localeOf, locales } from './locales'

test('the language chosen before wins over the browser’s', () => {
  expect(localeOf('zh-CN', 'en-US,en')).toBe('zh-CN')
})

test('without a choice the browser’s most wanted language is shown', () => {
  expect(localeOf(undefined, 'fr;q=0.9, zh-TW;q=0.8, en;q=0.5')).toBe('zh-CN')
  expect(localeOf(undefined, 'en;q=0.3, zh;q=0.7')).toBe('zh-CN')
  expect(localeOf(undefined, 'en-GB')).toBe('en')
})

test('a refused, unknown or broken preference falls back to English', () => {
  expect(localeOf('tlh', 'zh;q=0')).toBe('en')
  expect(localeOf(undefined, ';;,q=,')).toBe('en')
  expect(localeOf(undefined, null)).toBe('en')
})

test('every language says its name and which way it runs', () => {
  for (const locale of locales) {
    expect(localeName(locale)).toMatch(/\p{L}/u)
    expect(directionOf(locale)).toMatch(/^(ltr|rtl)$/)
  }
})
