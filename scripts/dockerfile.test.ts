import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { environmentOf, parseDockerfile, problemsOfDockerfile } from './dockerfile.mjs'

const text = readFileSync(new URL('../Dockerfile', import.meta.url), 'utf8')
const problemsOf = (changed: string) =>
  problemsOfDockerfile({ text: changed, nodeMajor: '24' }).join('\n')

it('reads stages, flags and continued lines', () => {
  const [build, image] = parseDockerfile(
    'FROM a:1 AS build\n# a note\nRUN one && \\\n  two\nFROM b\nENV A=1 B=x=y\nCOPY --from=build --chown=n:n /a ./',
  )
  expect(build).toMatchObject({ name: 'build', from: 'a:1' })
  expect(build?.instructions).toEqual([{ name: 'RUN', value: 'one && two', flags: {} }])
  expect(image && environmentOf(image)).toEqual({ A: '1', B: 'x=y' })
  expect(image?.instructions[1]).toEqual({
    name: 'COPY',
    value: '/a ./',
    flags: { from: 'build', chown: 'n:n' },
  })
})

it('finds nothing wrong with the Dockerfile', () => {
  expect(problemsOf(text)).toBe('')
})

it.each([
  ['runs as root', /^USER .*$/m, '', /run as root/],
  ['starts in a shell', /^CMD .*$/m, 'CMD node serve-standalone.mjs', /exec form/],
  ['starts with npm', /^CMD .*$/m, 'CMD ["npm", "start"]', /npm would take/],
  ['tells nobody how it is', /\/api\/health/, '/', /HEALTHCHECK/],
  ['listens to itself alone', 'HOST=0.0.0.0', 'HOST=127.0.0.1', /container alone/],
  ['keeps chats in the container', /^VOLUME .*$/m, '', /no VOLUME/],
  ['is another Node', 'FROM node:24-', 'FROM node:20-', /not Node 24/],
  ['keeps a secret', 'ENV NODE_ENV', 'ENV SESSION_SECRET=x NODE_ENV', /SESSION_SECRET/],
] as const)('complains of an image that %s', (_, from, to, problem) => {
  expect(text).toMatch(from)
  expect(problemsOf(text.replace(from, to))).toMatch(problem)
})
