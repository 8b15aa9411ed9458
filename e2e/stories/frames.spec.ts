import { RenderWatch } from '../fixtures/render-watch'
import { expect, test } from '../fixtures/story-test'
import { ChatPage } from '../pages/chat-page'

const regions = {
  sidebar: 'nav, aside',
  composer: ':has(> #composer)',
  streaming: '[role=log] [aria-busy=true]',
  announcer: '[role=status]',
  'other messages': '[role=log] article',
}

test('a token renders its answer alone, and at most once a frame', async ({
  page,
  upstream,
  question,
}) => {
  const renders = await RenderWatch.install(page, regions)
  const [rest, end] = [upstream.gate(`${question} rest`), upstream.gate(`${question} end`)]
  // What a page begins with when nobody needs it ends in asking for the service worker, which these tests forbid.
  const quiet = page.waitForEvent('console', (message) => /service worker/i.test(message.text()))
  const chat = await new ChatPage(page).open()
  await chat.say('say: The first answer')
  await chat.finished()
  await chat.say(
    `${question}\npace: 4\nsay: Begun.\nhold: ${question} rest\nlong: 12\nhold: ${question} end\nsay: Done.`,
  )
  await expect(chat.answer).toContainText('Begun.')
  const announced = page.getByRole('status').filter({ hasText: chat.words.chat.announceAnswering })
  await expect(announced, 'what was announced is taken back after a while').toHaveCount(0)
  await quiet
  const { byRegion: before } = await renders.take()
  expect(Object.keys(before), 'what is counted can be seen').toEqual(
    expect.arrayContaining(Object.keys(regions)),
  )

  rest.open()
  await expect(chat.answer).toContainText(/Paragraph 12 of 12\. .+ something to scroll\./, {
    timeout: 60_000,
  })
  const { byRegion, frames } = await renders.take()
  expect(Object.keys(byRegion)).toEqual(['streaming'])
  expect(frames.length).toBeGreaterThan(20)
  expect(frames, 'no frame has two commits').toEqual([...new Set(frames)])

  end.open()
  await chat.finished()
})
