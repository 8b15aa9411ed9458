import { expect, it } from 'vitest'
import { createFakeTimers } from '../testing/fake-timers'
import { createPageSignals, exceptResting, type PageSignal } from './page-signals'

function setUp({ nextHopProtocol = 'http/1.1' } = {}) {
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const page = Object.assign(new EventTarget(), {
    document,
    navigator: { onLine: true },
    performance: { getEntriesByType: () => [{ nextHopProtocol }] },
  })
  const timers = createFakeTimers()
  const signals = createPageSignals(page, timers.timers)
  const heard: PageSignal[] = []
  const unsubscribe = signals.subscribe((signal) => void heard.push(signal))
  const setVisible = (isVisible: boolean) => {
    document.visibilityState = isVisible ? 'visible' : 'hidden'
    document.dispatchEvent(new Event('visibilitychange'))
  }
  return { page, document, timers, signals, heard, setVisible, unsubscribe }
}

it('wakes when the network, the page or the tab comes back', () => {
  const { page, document, heard } = setUp()
  page.dispatchEvent(new Event('online'))
  page.dispatchEvent(new Event('pageshow'))
  document.dispatchEvent(new Event('visibilitychange'))
  expect(heard).toEqual(['wake', 'wake', 'wake'])
})

it('is suspended from pagehide to pageshow', () => {
  const { page, signals, heard } = setUp()
  page.dispatchEvent(new Event('pagehide'))
  expect(signals.suspended()).toBe(true)
  page.dispatchEvent(new Event('pageshow'))
  expect(signals.suspended()).toBe(false)
  expect(heard).toEqual(['hide', 'wake'])
})

it('tells when the tab goes into the background and the network goes', () => {
  const { page, document, signals, heard, unsubscribe } = setUp()
  document.visibilityState = 'hidden'
  document.dispatchEvent(new Event('visibilitychange'))
  expect(signals.visible()).toBe(false)
  page.navigator.onLine = false
  page.dispatchEvent(new Event('offline'))
  expect(signals.online()).toBe(false)
  expect(heard).toEqual(['conceal', 'offline'])
  unsubscribe()
  page.dispatchEvent(new Event('online'))
  expect(heard).toHaveLength(2)
})

it('lets connections go in a tab that stays in the background, where tabs share six', () => {
  const { timers, signals, heard, setVisible } = setUp()
  setVisible(false)
  timers.advance(9_000)
  setVisible(true)
  timers.advance(60_000)
  expect(heard).toEqual(['conceal', 'wake'])

  setVisible(false)
  timers.advance(10_000)
  expect(heard.slice(2)).toEqual(['conceal', 'hide'])
  expect(signals.suspended()).toBe(true)
  setVisible(true)
  expect(heard.slice(4)).toEqual(['wake'])
  expect(signals.suspended()).toBe(false)
})

it('keeps them where a connection carries many streams', () => {
  const { timers, signals, heard, setVisible } = setUp({ nextHopProtocol: 'h2' })
  setVisible(false)
  timers.advance(60_000)
  expect(heard).toEqual(['conceal'])
  expect(signals.suspended()).toBe(false)
})

it('a connection that is wanted in the background goes with the page, not before', () => {
  const { page, timers, signals, setVisible } = setUp()
  let isWanted = true
  const kept = exceptResting(signals, () => isWanted)
  const heard: PageSignal[] = []
  kept.subscribe((signal) => void heard.push(signal))
  setVisible(false)
  timers.advance(10_000)
  expect(signals.suspended()).toBe(true)
  expect(kept.suspended()).toBe(false)
  page.dispatchEvent(new Event('pagehide'))
  expect(kept.suspended()).toBe(true)
  expect(heard).toEqual(['conceal', 'hide'])

  isWanted = false
  setVisible(true)
  setVisible(false)
  timers.advance(10_000)
  expect(kept.suspended()).toBe(true)
  expect(heard.slice(2)).toEqual(['wake', 'conceal', 'hide'])
})

it('has nothing to tell where there is no page', () => {
  const signals = createPageSignals(undefined)
  expect([signals.online(), signals.visible(), signals.suspended()]).toEqual([true, true, false])
})
