import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import en from '@/shared/i18n/en.json'
import { localeFiles, writeLocaleFiles } from './locale-files.mjs'

const root = join(import.meta.dirname, '..')
const checkouts: string[] = []

afterEach(async () => {
  for (const folder of checkouts.splice(0)) await rm(folder, { recursive: true })
})

/** The folder of languages, alone, with one file more. */
async function withLanguage(name: string, language: object): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rivulet-locales-'))
  checkouts.push(folder)
  await cp(join(root, 'shared/i18n'), join(folder, 'shared/i18n'), { recursive: true })
  await writeFile(
    join(folder, 'shared/i18n', `${name}.json`),
    JSON.stringify({ ...en, language, errorPage: { ...en.errorPage, title: 'حدث خطأ ما' } }),
  )
  return folder
}

it('what was written is what the languages say; node scripts/write-locales.mjs makes it so', async () => {
  for (const [path, text] of Object.entries(await localeFiles(root)))
    expect(await readFile(join(root, path), 'utf8')).toBe(text)
})

it('one file more is one language more, everywhere', async () => {
  const folder = await withLanguage('ar', { name: 'العربية' })
  await writeLocaleFiles(folder)

  const table = join(folder, 'shared/i18n/generated/locale-table.ts')
  const { localeTable } = await import(table)
  expect(Object.keys(localeTable)).toEqual(['en', 'ar', 'zh-CN'])
  expect(localeTable.ar).toMatchObject({ name: 'العربية', direction: 'rtl' })
  expect(localeTable.ar.errorPage.title).toBe('حدث خطأ ما')

  const locales = join(folder, 'shared/i18n/locales.ts')
  const { localeOf, locales: all } = await import(locales)
  expect(all).toContain('ar')
  expect(localeOf(undefined, 'ar-EG, en;q=0.8')).toBe('ar')

  const messages = await readFile(join(folder, 'server/i18n/generated/messages.ts'), 'utf8')
  expect(messages).toContain("from '@/shared/i18n/ar.json'")
})

it('a file that is named after no language is an error, and says so', async () => {
  const folder = await withLanguage('arabic_egypt', { name: 'العربية' })
  await expect(localeFiles(folder)).rejects.toThrow(/language/)
})
