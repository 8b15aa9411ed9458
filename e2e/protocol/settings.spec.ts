import { chatCompletionsModel, expect, responsesModel, test } from '../fixtures/test'

test('answers what the user chose, takes changes, and tells the user’s other tabs', async ({
  session,
}) => {
  const feed = await session.liveEvents()
  const changed = await session.requestJson('/api/settings', 'PATCH', { textSize: 'large' })

  expect(changed.status).toBe(200)
  expect(await changed.json()).toMatchObject({ textSize: 'large', motion: 'system', theme: null })
  await expect.poll(() => feed.raw).toContain('data: {"type":"settings-changed"}')
  const read = await session.another().fetch('/api/settings')
  expect(await read.json()).toMatchObject({ textSize: 'large' })
  await feed.close()
})

for (const [of, body, detail] of [
  ['a setting that there is not', { colour: 'green' }, /colour/],
  ['a value that there is not', { theme: 'sepia' }, /^theme: /],
  ['too long a text', { aboutUser: 'x'.repeat(1501) }, /^aboutUser: /],
] as const) {
  test(`refuses ${of}, and names it`, async ({ session }) => {
    const response = await session.requestJson('/api/settings', 'PATCH', body)

    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      code: 'invalid-request',
      detail: expect.stringMatching(detail),
    })
  })
}

for (const [api, model, messages] of [
  ['chat completions', chatCompletionsModel, 'messages'],
  ['the Responses API', responsesModel, 'input'],
] as const) {
  test(`gives the user’s instructions to the model by ${api}`, async ({
    session,
    upstream,
    question,
    chatId,
    server,
  }) => {
    await session.requestJson('/api/settings', 'PATCH', { answerStyle: 'In verse, always.' })
    const stream = await session.send({ chatId, text: question, model })
    await stream.completed()

    const [asked] = upstream.asked(question)
    expect(asked?.body[messages]).toMatchObject([
      { role: 'system', content: expect.stringContaining('In verse, always.') },
      { role: 'user' },
    ])
    expect(server.output()).not.toContain('In verse')
  })
}
