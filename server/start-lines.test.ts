import { expect, it } from 'vitest'
import type { EndpointInfo } from '@/shared/models/model-catalog'
import { startLines } from './start-lines'

const env = { url: 'http://localhost:3000', dataDir: '/srv/rivulet/data' }
const db = { engine: 'sqlite', place: '/srv/rivulet/data/rivulet.db' } as const
const demo: EndpointInfo = {
  id: 'demo',
  name: 'Demo',
  kind: 'demo',
  status: 'ready',
  models: [{ id: 'scripted-demo', name: 'Scripted demo' }],
}
const linesFor = (endpoint: EndpointInfo, defaultModel = { provider: endpoint.id, id: 'qwen3' }) =>
  startLines({ env, db, catalog: { endpoints: [endpoint, demo], defaultModel } })

it('says where the server is, what answers, and where the data lies', () => {
  const lines = linesFor({ ...demo, id: 'local-ollama', name: 'Ollama', kind: 'local' })
  expect(lines.map((line) => line.trim())).toEqual([
    'Rivulet  http://localhost:3000',
    'Model    qwen3 (Ollama)',
    'Data     /srv/rivulet/data',
  ])
})

it('names the shared database in place of the folder', () => {
  const place = 'postgres://db.example.org/rivulet'
  const catalog = { endpoints: [demo], defaultModel: { provider: 'demo', id: 'scripted-demo' } }

  const lines = startLines({ env, db: { engine: 'postgres', place }, catalog })

  expect(lines.at(-1)?.trim()).toBe(`Data     ${place}`)
})

it('does not pass the demo off as a model', () => {
  const [, model] = linesFor(demo, { provider: 'demo', id: 'scripted-demo' })
  expect(model).toMatch(/not a model.*OPENAI_API_KEY/)
})

it.each([
  ['key-rejected', /OpenAI rejects the key. Check OPENAI_API_KEY/],
  ['unreachable', /OpenAI cannot be reached/],
  ['no-models', /OpenAI lists no models. Name one: DEFAULT_MODEL=openai/],
  ['needs-key', /OpenAI needs a key/],
] as const)('tells of an endpoint that is %s, with the next step', (status, note) => {
  const lines = linesFor({ id: 'openai', name: 'OpenAI', kind: 'openai', status, models: [] })
  expect(lines.at(-1)).toMatch(note)
})
