import { readdir, readFile, writeFile, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const textsFolder = 'shared/i18n'
const note = '// Written by scripts/write-locales.mjs from the languages in shared/i18n/.'
/** The one that the others are translations of, and that readers of none of them get. */
const first = 'en'

/** What a build has to know about the languages that lie in the folder, as files by their paths. */
export async function localeFiles(root) {
  const languages = await readLanguages(join(root, textsFolder))
  return {
    'shared/i18n/generated/locale-table.ts': localeTable(languages),
    'server/i18n/generated/messages.ts': messages(languages),
  }
}

/** Writes those that are not so already: a checkout that nobody may write to is left alone. */
export async function writeLocaleFiles(root) {
  for (const [path, text] of Object.entries(await localeFiles(root))) {
    const full = join(root, path)
    if ((await readFile(full, 'utf8').catch(() => undefined)) === text) continue
    await mkdir(dirname(full), { recursive: true })
    await writeFile(full, text)
  }
}

async function readLanguages(folder) {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'))
  const languages = await Promise.all(
    names.map(async (name) => ({
      locale: requireLocale(name.slice(0, -'.json'.length)),
      texts: JSON.parse(await readFile(join(folder, name), 'utf8')),
    })),
  )
  return languages.toSorted((one, other) => rank(one).localeCompare(rank(other), 'en'))
}

const rank = ({ locale }) => (locale === first ? '' : locale)

function requireLocale(name) {
  if (isLocale(name)) return name
  throw new Error(`${textsFolder}/${name}.json is not named after a language, such as pt-BR.json.`)
}

function isLocale(name) {
  try {
    return Intl.getCanonicalLocales(name)[0] === name
  } catch {
    return false
  }
}

function localeTable(languages) {
  const rows = languages.map(({ locale, texts: { language, errorPage } }) => {
    const direction = new Intl.Locale(locale).getTextInfo().direction
    return `  ${JSON.stringify(locale)}: ${JSON.stringify({ ...language, direction, errorPage })},`
  })
  return `${note}\nexport const localeTable = {\n${rows.join('\n')}\n} as const\n`
}

function messages(languages) {
  const lines = languages.map(({ locale }, index) => ({
    load: `import texts${index} from '@/shared/i18n/${locale}.json'`,
    entry: `  ${JSON.stringify(locale)}: texts${index},`,
  }))
  return [
    note,
    "import 'server-only'",
    ...lines.map(({ load }) => load),
    '',
    'export const messagesOf = {',
    ...lines.map(({ entry }) => entry),
    '}',
    '',
  ].join('\n')
}
