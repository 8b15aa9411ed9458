import { expect, test } from 'vitest'
import { diagramKind } from './diagram-kind'

test.each([
  ['flowchart TD\n  A --> B', 'flowchart'],
  ['---\ntitle: A title\n---\nsequenceDiagram', 'sequenceDiagram'],
  ['%%{init: {"theme": "dark"}}%%\n\n%% a comment\nstateDiagram-v2', 'stateDiagram-v2'],
])('is the first word of %j', (source, kind) => {
  expect(diagramKind(source)).toBe(kind)
})

test('is unknown where no word is', () => {
  expect(diagramKind('')).toBeUndefined()
  expect(diagramKind('<b>')).toBeUndefined()
})
