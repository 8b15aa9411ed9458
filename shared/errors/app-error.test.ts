import { expect, it, vi } from 'vitest'
import { AppError } from './app-error'

it('is recognised by another copy of its class, as bundles make them', async () => {
  vi.resetModules()
  const { AppError: OtherAppError } = await import('./app-error')
  expect(OtherAppError).not.toBe(AppError)
  expect(new AppError('not-found', 'There is no such chat.')).toBeInstanceOf(OtherAppError)
})

it('takes no other error for one of its own', () => {
  expect(new Error('not-found')).not.toBeInstanceOf(AppError)
  expect({ code: 'not-found' }).not.toBeInstanceOf(AppError)
})
