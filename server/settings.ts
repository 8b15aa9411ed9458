import { z } from 'zod'
// With its ending and without an alias: scripts/write-configuration.mjs has Node alone read this.
import { modelNamePattern } from '../shared/models/model-ref.ts'

const wholeNumber = z
  .string()
  .regex(/^[0-9]{1,9}$/, 'must be a whole number')
  .transform(Number)
const positiveNumber = z
  .string()
  .regex(/^[1-9][0-9]{0,5}$/, 'must be a whole number from 1 to 999999')
  .transform(Number)
const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error:
    'must be a URL such as postgres://user:password@host:5432/name, with special characters in the password percent-encoded',
})
const commaList = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
)
const onOff = z.enum(['on', 'off'], 'must be on or off')
const httpUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .refine(
    (url) => !hasCredentials(url),
    'must not contain a user name or password; put the key in its own setting',
  )

function hasCredentials(url: string): boolean {
  const parsed = URL.parse(url)
  return Boolean(parsed?.username || parsed?.password)
}

const redisUrl = z.url({
  protocol: /^rediss?$/,
  error: 'must be a redis:// or rediss:// URL; an https one is for another protocol',
})

const endpointSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,32}$/, 'must be 1 to 32 of a-z 0-9 -'),
  name: z.string().min(1).max(64).optional(),
  baseUrl: httpUrl,
  apiKey: z.string().min(1).optional(),
  /** Shown as they stand, without asking the server's `/models`. */
  models: z.array(z.string().min(1)).min(1).optional(),
})

const reservedEndpointIds = new Set(['openai', 'demo', 'default'])

const endpointList = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      context.addIssue({
        code: 'custom',
        message: 'must be JSON: [{"id":"…","baseUrl":"https://…/v1","apiKey":"…"}]',
      })
      return z.NEVER
    }
  })
  .pipe(z.array(endpointSchema))
  .refine(
    (endpoints) => new Set(endpoints.map(({ id }) => id)).size === endpoints.length,
    'every endpoint needs an id of its own',
  )
  .refine(
    (endpoints) =>
      endpoints.every(({ id }) => !reservedEndpointIds.has(id) && !/^(local|own)-/.test(id)),
    'the ids openai, demo, default, local-… and own-… are taken; choose another',
  )

/**
 * Every setting of the server, by the name of its environment variable. The descriptions are docs/configuration.md:
 * a test keeps the two equal.
 */
export const settings = {
  PORT: wholeNumber.default(3000).describe('The port to listen on.'),
  HOST: z
    .string()
    .default('127.0.0.1')
    .describe(
      'The address to listen on. `0.0.0.0` lets other machines in: whoever reaches the server can spend your key.',
    ),
  ALLOWED_HOSTS: commaList
    .transform((hosts) => hosts.map((host) => host.toLowerCase()))
    .optional()
    .describe(
      'Host names the server answers to, with commas between. Without it: `localhost` and loopback addresses while listening on loopback, any name otherwise.',
    ),
  DATA_DIR: z
    .string()
    .default('./data')
    .describe('The folder for the database and the session secret.'),
  SESSION_SECRET: z
    .string()
    .min(32, 'must have at least 32 characters; make one with: openssl rand -base64 32')
    .optional()
    .describe(
      'Signs session cookies. Without it a secret is made in the data folder on the first run. Needed with `DATABASE_URL`, and the same for every instance.',
    ),
  DATABASE_URL: postgresUrl
    .optional()
    .describe(
      'A Postgres (`postgres://user:password@host:5432/name`) to keep everything in, instead of a file in the data folder; several instances may share it. `sslmode` at its end says how it is reached: without it there is no TLS; `require`, `verify-ca` and `verify-full` all check the certificate and the name in it (`sslrootcert=/path` names the authority); `no-verify` encrypts and checks nothing.',
    ),
  DATABASE_POOL_MAX: positiveNumber
    .default(10)
    .describe('Connections to Postgres that one instance opens at most.'),
  DATABASE_CONNECT_TIMEOUT_SECONDS: positiveNumber
    .default(5)
    .describe('How long to wait for a connection to Postgres, be it a new one or one in use.'),
  DATABASE_STATEMENT_TIMEOUT_SECONDS: positiveNumber
    .default(10)
    .describe('After this long Postgres gives up a statement, and a transaction left idle.'),
  REDIS_URL: redisUrl
    .optional()
    .describe(
      'A Redis (`redis://user:password@host:6379`, `rediss://` with TLS) through which several instances share running answers and live updates. Without it each instance knows only its own.',
    ),
  REDIS_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9:_.-]{0,64}$/, 'must be at most 64 of A-Z a-z 0-9 : _ . -')
    .default('rivulet:')
    .describe('Before every key in Redis, so that several deployments can share one.'),
  REDIS_TIMEOUT_SECONDS: wholeNumber
    .default(5)
    .describe('After this long without a word from Redis its connection counts as lost.'),
  OPENAI_API_KEY: z
    .string()
    .optional()
    .describe('A key for OpenAI, or for the server named by `OPENAI_BASE_URL`.'),
  OPENAI_BASE_URL: httpUrl
    .optional()
    .describe(
      'An OpenAI-compatible server (chat completions), such as `http://127.0.0.1:8080/v1`. OpenAI itself needs only a key.',
    ),
  OPENAI_RESPONSES_URL: httpUrl
    .optional()
    .describe('Where OpenAI’s Responses API is reached, for a gateway or a proxy in front of it.'),
  OPENAI_BACKGROUND: onOff
    .default('off')
    .describe(
      'Whether OpenAI writes answers in its background mode. Then a lost connection or a restart of this server does not end an answer: it is taken up where it was, by another instance if need be. For that OpenAI stores them: about ten minutes to be taken up, and beyond that as its data controls for stored responses say (30 days by default), which breaks zero data retention. The first token takes longer. Off, this server asks OpenAI to store nothing.',
    ),
  MODEL_ENDPOINTS: endpointList
    .optional()
    .describe(
      'More OpenAI-compatible servers, as JSON: `[{"id":"groq","name":"Groq","baseUrl":"https://…/v1","apiKey":"…","models":["…"]}]`. `name`, `apiKey` and `models` may be left out.',
    ),
  DEFAULT_MODEL: z
    .string()
    .trim()
    .regex(modelNamePattern, 'must be endpoint/model, such as openai/gpt-5-mini')
    .optional()
    .describe(
      'The model a new chat starts with, as `endpoint/model`. Without it the first one found.',
    ),
  REASONING_MODELS: commaList
    .pipe(
      z.array(z.string().regex(modelNamePattern, 'must be endpoint/model, with commas between')),
    )
    .default([])
    .describe(
      'More models that reason and can be told how much, as `endpoint/model` with commas between. Those of OpenAI and some others are known by their names.',
    ),
  MODEL_PRICES: z
    .string()
    .optional()
    .describe(
      'What models cost, in US dollars for a million tokens, as JSON or as the path of a file with it: `{"groq/llama-3.3-70b":{"input":0.59,"output":0.79,"cachedInput":0.3}}`, by `endpoint/model`. `cachedInput` may be left out. It is added to the prices that come with Rivulet, which are those of OpenAI’s own models and may be out of date; a model without a price is shown as such.',
    ),
  MODEL_CONTEXT: z
    .string()
    .optional()
    .describe(
      'How many tokens models can read, as JSON or as the path of a file with it: `{"groq/llama-3.3-70b":131072}`, by `endpoint/model`. A chat that is longer is sent without its oldest turns, and says where it was cut. It is added to what Rivulet knows of OpenAI’s own models. Of any other model it waits for the provider to say that a chat is too long, and then sends half of it.',
    ),
  LOCAL_DISCOVERY: onOff
    .optional()
    .describe(
      'Whether to look for a model server on this machine (Ollama, LM Studio, llama.cpp, Jan, vLLM, Docker Model Runner). On in development and with `npm start` on localhost; otherwise off unless set to `on`. Never on Vercel.',
    ),
  USER_ENDPOINTS: z
    .enum(['off', 'public', 'any'], 'must be off, public or any')
    .optional()
    .describe(
      'Whether users may add endpoints of their own, with their own keys, in the settings: `off`, `public` (addresses of the public internet alone) or `any` (also this machine and its network, for a model server at home). Without it: `any` where only this machine is answered (`HOST` on loopback, no `ALLOWED_HOSTS`), `off` everywhere else. This server asks those addresses: whoever is let in could look around behind it with `any`.',
    ),
  ENDPOINT_KEY_SECRET: commaList
    .refine(
      (secrets) => secrets.every((secret) => secret.length >= 32),
      'must have at least 32 characters each; make one with: openssl rand -base64 32',
    )
    .optional()
    .describe(
      'Encrypts the keys that users add. Several, with commas between, to change it: the first encrypts, the others still decrypt, and so does the secret of the sessions, which is used without this setting.',
    ),
  MODEL_FIRST_TOKEN_SECONDS: wholeNumber
    .default(60)
    .describe(
      'How long a model may take until its first token. Raise it for a large model on a slow machine.',
    ),
  MODEL_SILENCE_SECONDS: wholeNumber
    .default(30)
    .describe(
      'How long a model may be silent in the middle of an answer; three times as long while it reasons.',
    ),
  RUN_SECONDS_MAX: wholeNumber
    .optional()
    .describe(
      'How long an answer may take in all; then it ends as interrupted and can be continued. On Vercel 290 at most, 10 s before the function ends; otherwise without a limit.',
    ),
  MESSAGE_LENGTH_MAX: wholeNumber
    .default(32_000)
    .describe('The longest message a user may send, in characters.'),
  METRICS_TOKEN: z
    .string()
    .min(16, 'must have at least 16 characters; make one with: openssl rand -base64 24')
    .optional()
    .describe(
      'Turns on `/api/metrics` (Prometheus) for whoever sends it as `Authorization: Bearer …`. Without it there is no such page.',
    ),
  PSEUDO_LANGUAGE: onOff
    .default('off')
    .describe(
      'For whoever works on the pages: shows them in English that runs from right to left and is a third longer, as translations are.',
    ),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'], 'must be debug, info, warn or error')
    .default('info')
    .describe('How much is logged: `debug`, `info`, `warn` or `error`.'),
}

export type Settings = z.output<z.ZodObject<typeof settings>>
