import { describe, expect, test } from 'vitest'
import { readFrameMessage } from './frame-messages'

const drawing = { type: 'drawing', id: 1, svg: '<svg/>', width: 10, height: 20 }

test('a drawing becomes an image without an origin', () => {
  expect(readFrameMessage(drawing)).toEqual({
    type: 'drawing',
    id: 1,
    drawing: { url: 'data:image/svg+xml;charset=utf-8,%3Csvg%2F%3E', width: 10, height: 20 },
  })
})

describe('what the frame may not say', () => {
  test.each([
    ['nothing', undefined],
    ['another type', { type: 'open', url: 'https://evil.example' }],
    ['markup that is no picture', { ...drawing, svg: '<script/>' }],
    ['a picture too long', { ...drawing, svg: `<svg>${'x'.repeat(2_000_000)}` }],
    ['an endless side', { ...drawing, height: Infinity }],
    ['a side too long', { ...drawing, width: 50_001 }],
    ['no side', { ...drawing, width: 0 }],
    ['an id that is no number', { ...drawing, id: '1' }],
  ])('%s', (_, message) => {
    expect(readFrameMessage(message)).toBeUndefined()
  })
})
