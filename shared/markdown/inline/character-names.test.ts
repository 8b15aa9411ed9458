import { decodeHTMLStrict } from 'entities/decode'
import { expect, test } from 'vitest'
import { characterNames } from './character-names'
import { readCharacterReference } from './character-references'
import { commonNames } from './common-names'

test('common names mean what HTML says', () => {
  expect(commonNames.size).toBe(253)
  for (const [name, character] of commonNames)
    expect(decodeHTMLStrict(`&${name};`), name).toBe(character)
})

test('the other names are known once they are loaded', async () => {
  await characterNames.load()
  expect(characterNames.known()).toBe('all')
  expect(readCharacterReference('&ClockwiseContourIntegral;', 0)?.text).toBe('∲')
  expect(readCharacterReference('&ngE;', 0)?.text).toBe('≧̸')
  expect(readCharacterReference('&nosuchname;', 0)).toBeUndefined()
})
