import { chatCompletionsModel, expect, responsesModel, test } from '../fixtures/test'
import { Session } from '../fixtures/session'

const preset = {
  name: 'Translator',
  icon: 'languages',
  instructions: 'Translate, and nothing else.',
  model: null,
  parameters: { temperature: 0.3, topP: null, maxOutputTokens: null, reasoningEffort: null },
  suggestions: ['Good morning'],
}

for (const [api, model, names] of [
  ['chat completions', chatCompletionsModel, ['max_tokens', 'messages']],
  ['the Responses API', responsesModel, ['max_output_tokens', 'input']],
] as const) {
  test(`gives a chat’s parameters and its preset’s instructions to the model by ${api}`, async ({
    session,
    upstream,
    question,
    chatId,
    server,
  }) => {
    const [lengthName, promptName] = names
    await session.requestJson('/api/presets/translator', 'PUT', preset)
    const begun = await session.post({
      id: chatId,
      message: { id: 'first', role: 'user', parts: [{ type: 'text', text: question }] },
      model,
      begin: { preset: 'translator' },
    })
    await begun.completed()
    const feed = await session.another().liveEvents()
    const changed = await session.requestJson(`/api/chats/${chatId}/settings`, 'PATCH', {
      parameters: { temperature: null, topP: 0.5, maxOutputTokens: 321 },
    })
    expect(await changed.json()).toMatchObject({ preset: { name: 'Translator' } })
    await expect
      .poll(() => feed.raw)
      .toContain(`data: {"type":"chat-settings-changed","chatId":"${chatId}"}`)
    await feed.close()
    await (await session.send({ chatId, text: `${question} again`, model })).completed()

    const [first, second] = upstream.asked(question).map(({ body }) => body)
    expect(first).toMatchObject({ temperature: 0.3 })
    expect(second).toMatchObject({ top_p: 0.5, [lengthName]: 321 })
    expect(second).not.toHaveProperty('temperature')
    expect(JSON.stringify(second?.[promptName])).toContain(preset.instructions)
    expect(server.output()).not.toContain(preset.instructions)
  })
}

test('refuses what is no parameter or no preset, and names it', async ({ session, chatId }) => {
  await (await session.send({ chatId, text: 'say: Hello' })).completed()
  const settings = `/api/chats/${chatId}/settings`
  for (const [path, method, body, detail] of [
    [settings, 'PATCH', { parameters: { temperature: 2.1 } }, /^parameters\.temperature: /],
    [settings, 'PATCH', { parameters: { maxOutputTokens: 0.5 } }, /^parameters\.maxOutputTokens/],
    [settings, 'PATCH', { parameters: { reasoningEffort: 'all' } }, /reasoningEffort/],
    [settings, 'PATCH', { parameters: { seed: 1 } }, /seed/],
    [settings, 'PATCH', { parameters: {}, instructions: 'Mine' }, /instructions/],
    ['/api/presets/p', 'PUT', { ...preset, name: '  ' }, /^name: /],
    ['/api/presets/p', 'PUT', { ...preset, icon: '<svg>' }, /^icon: /],
    ['/api/prompts/p', 'PUT', { name: 'P', text: '' }, /^text: /],
    ['/api/prompts/p', 'PUT', { name: 'P', text: 'x'.repeat(8_001) }, /^text: /],
    ['/api/presets/p', 'PUT', { ...preset, userId: 'me' }, /userId/],
    ['/api/presets/p', 'PUT', { ...preset, suggestions: Array(5).fill('a') }, /^suggestions: /],
  ] as const) {
    const response = await session.requestJson(path, method, body)
    expect(response.status, JSON.stringify(body)).toBe(400)
    const problem = { code: 'invalid-request', detail: expect.stringMatching(detail) }
    expect(await response.json()).toMatchObject(problem)
  }
})

test('somebody else’s chat and presets are not found', async ({ session, chatId, server }) => {
  await (await session.send({ chatId, text: 'say: Hello' })).completed()
  await session.requestJson('/api/presets/mine', 'PUT', preset)
  await session.requestJson('/api/prompts/mine', 'PUT', { name: 'Mine', text: 'Hello' })
  const other = await Session.open(server.url)

  expect((await other.fetch(`/api/chats/${chatId}/settings`)).status).toBe(404)
  const change = { parameters: { topP: 1 } }
  const changed = await other.requestJson(`/api/chats/${chatId}/settings`, 'PATCH', change)
  expect(changed.status).toBe(404)
  expect((await other.requestJson('/api/presets/mine', 'DELETE')).status).toBe(404)
  expect((await other.requestJson('/api/presets/%00', 'DELETE')).status).toBe(404)
  expect(await (await other.fetch('/api/presets')).json()).toEqual({ presets: [] })
  expect(await (await other.fetch('/api/prompts')).json()).toEqual({ prompts: [] })
  expect((await other.requestJson('/api/prompts/mine', 'DELETE')).status).toBe(404)
  const begun = await other.requestJson('/api/chat', 'POST', {
    id: `${chatId}-other`,
    message: { id: 'm', role: 'user', parts: [{ type: 'text', text: 'Hello' }] },
    begin: { preset: 'mine' },
  })
  expect(begun.status).toBe(404)
  const kept = await session.fetch('/api/presets')
  expect(await kept.json()).toEqual({ presets: [{ ...preset, id: 'mine' }] })
})
