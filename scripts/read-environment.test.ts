import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readEnvironment } from './read-environment.mjs'

let root = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rivulet-env-'))
})

afterEach(() => rmSync(root, { recursive: true }))

const read = (environment = {}) => readEnvironment({ root, mode: 'production', environment })

it('lets the more specific file win, and the environment over every file', () => {
  writeFileSync(join(root, '.env'), 'PORT=1\nHOST=a\nMODEL=x\nNAME="one # two"')
  writeFileSync(join(root, '.env.production'), 'HOST=b\nMODEL=y')
  writeFileSync(join(root, '.env.local'), 'MODEL=z')
  expect(read({ PORT: '4' })).toEqual({ PORT: '4', HOST: 'b', MODEL: 'z', NAME: 'one # two' })
})

it('needs no file at all', () => {
  expect(read()).toEqual({})
})
