import { fileURLToPath } from 'node:url'
import { writeLocaleFiles } from './locale-files.mjs'

await writeLocaleFiles(fileURLToPath(new URL('..', import.meta.url)))
console.log('The languages of shared/i18n/ are known.')
