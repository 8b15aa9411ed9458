import { expect, it } from 'vitest'
import { createNotificationChoice, type NotificationRight } from './notification-choice'

function setUp(before: NotificationRight, answer: NotificationRight = before) {
  const stored = new Map<string, string>()
  let right = before
  let asked = 0
  const choice = createNotificationChoice({
    kept: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
      removeItem: (key) => void stored.delete(key),
    },
    right: () => right,
    ask: async () => {
      asked += 1
      right = answer
    },
  })
  return { choice, asked: () => asked, takeBack: () => (right = 'denied') }
}

it('nobody is asked before they choose it', async () => {
  const { choice, asked } = setUp('default', 'granted')
  expect(choice.get()).toBe('off')
  await choice.choose('off')
  expect(asked()).toBe(0)
  await choice.choose('on')
  expect(asked()).toBe(1)
  expect(choice.get()).toBe('on')
  await choice.choose('text')
  expect(asked(), 'once is enough').toBe(1)
  expect(choice.get()).toBe('text')
})

it('stays off when the browser does not allow it, and goes off when it no longer does', async () => {
  const refused = setUp('default', 'denied')
  await refused.choice.choose('on')
  expect(refused.choice.get()).toBe('off')

  const granted = setUp('granted')
  await granted.choice.choose('on')
  granted.takeBack()
  expect(granted.choice.get()).toBe('off')
})

it('tells when something was chosen', async () => {
  const { choice } = setUp('granted')
  let told = 0
  const stop = choice.subscribe(() => (told += 1))
  await choice.choose('on')
  stop()
  await choice.choose('off')
  expect(told).toBe(1)
})
