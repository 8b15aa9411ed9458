import { expect, it } from 'vitest'
import { createPageSignals, type PageSignal } from './page-signals'

function setUp() {
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  const page = Object.assign(new EventTarget(), { document, navigator: { onLine: true } })
  const signals = createPageSignals(page)
  const heard: PageSignal[] = []
  const unsubscribe = signals.subscribe((signal) => void heard.push(signal))
  return { page, document, signals, heard, unsubscribe }
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

it('has nothing to tell where there is no page', () => {
  const signals = createPageSignals(undefined)
  expect([signals.online(), signals.visible(), signals.suspended()]).toEqual([true, true, false])
})
