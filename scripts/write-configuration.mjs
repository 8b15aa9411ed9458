import { writeFileSync } from 'node:fs'
import { settings } from '../server/settings.ts'
import { configurationPage, environmentExample } from './configuration-page.mjs'

const root = new URL('../', import.meta.url)

writeFileSync(new URL('docs/configuration.md', root), configurationPage(settings))
writeFileSync(new URL('.env.example', root), environmentExample(settings))
console.log('docs/configuration.md and .env.example are up to date.')
