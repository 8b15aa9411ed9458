import {
  APICallError,
  InvalidResponseDataError,
  JSONParseError,
  TypeValidationError,
} from '@ai-sdk/provider'
import { RetryError } from 'ai'
import { describe, expect, it } from 'vitest'
import { isMalformedFrame, runErrorOf } from './model-error'

function httpError(
  statusCode: number,
  body: unknown = {},
  headers: Record<string, string> = {},
): APICallError {
  return new APICallError({
    message: 'Status text',
    url: 'https://models.example/v1/chat/completions?key=sk-in-the-address',
    requestBodyValues: {},
    statusCode,
    responseHeaders: headers,
    responseBody: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

const openAi = (
  message: string,
  code: string | number | null = null,
  type = 'invalid_request_error',
) => ({
  error: { message, type, param: null, code },
})

describe('runErrorOf', () => {
  it.each([
    [401, openAi('Incorrect API key provided', 'invalid_api_key'), 'model-key-rejected', false],
    [403, openAi('Country not supported'), 'model-key-rejected', false],
    [
      403,
      openAi('Project has no access to model gpt-x', 'model_not_found'),
      'model-not-found',
      false,
    ],
    [404, openAi('The model `x` does not exist', 'model_not_found'), 'model-not-found', false],
    [404, '<html>not found</html>', 'model-not-found', false],
    [400, openAi('No models loaded. Please load a model.'), 'model-not-found', false],
    [
      400,
      openAi('Unsupported value: temperature', 'unsupported_value'),
      'model-refused-request',
      false,
    ],
    [422, { detail: [{ msg: 'field required', type: 'missing' }] }, 'model-refused-request', false],
    [402, openAi('Insufficient Balance'), 'model-rate-limited', false],
    [429, openAi('Slow down', 'rate_limit_exceeded'), 'model-rate-limited', true],
    [
      429,
      openAi('You exceeded your current quota', 'insufficient_quota'),
      'model-rate-limited',
      false,
    ],
    [
      413,
      openAi('Request too large for tokens per minute', 'rate_limit_exceeded'),
      'model-rate-limited',
      true,
    ],
    [408, {}, 'model-unavailable', true],
    [500, openAi('Oops', null, 'server_error'), 'model-unavailable', true],
    [502, '<html><h1>Bad gateway</h1></html>', 'model-unavailable', true],
    [503, { error: 'Loading model' }, 'model-unavailable', true],
    [529, openAi('Overloaded', null, 'overloaded_error'), 'model-unavailable', true],
  ])('reads status %i with %j', (status, body, code, retryable) => {
    expect(runErrorOf(httpError(status, body))).toMatchObject({ code, retryable })
  })

  it.each([
    [
      'OpenAI',
      400,
      openAi('Your input exceeds the context window of this model.', 'context_length_exceeded'),
    ],
    [
      'OpenAI chat',
      400,
      openAi(
        "This model's maximum context length is 8192 tokens. However, your messages resulted in 9000.",
      ),
    ],
    [
      'llama.cpp',
      400,
      {
        error: {
          code: 400,
          message: 'the request exceeds the available context size, try increasing it',
          type: 'exceed_context_size_error',
        },
      },
    ],
    [
      'Ollama',
      400,
      { error: { message: 'the input length exceeds the context length', type: 'api_error' } },
    ],
    [
      'vLLM',
      400,
      {
        object: 'error',
        message: "This model's maximum context length is 4096 tokens.",
        code: 400,
      },
    ],
    [
      'LM Studio',
      400,
      {
        error:
          'The number of tokens to keep from the initial prompt is greater than the context length (n_keep: 5000 >= n_ctx: 4096).',
      },
    ],
    ['Anthropic', 400, openAi('prompt is too long: 210000 tokens > 200000 maximum')],
    [
      'Gemini',
      400,
      [openAi('The input token count (9) exceeds the maximum number of tokens allowed (8).')],
    ],
    ['Groq', 413, openAi('Please reduce the length of the messages or completion.')],
    ['a server that fails', 500, { error: 'context size exceeded' }],
  ])('knows a context too long in the words of %s', (_, status, body) => {
    expect(runErrorOf(httpError(status, body))).toMatchObject({
      code: 'context-too-long',
      retryable: false,
    })
  })

  it.each([
    [{ 'retry-after': '7' }, 7],
    [{ 'retry-after': '1.5' }, 2],
    [{ 'retry-after-ms': '1200', 'retry-after': '60' }, 2],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }, 30],
    [{ 'retry-after': 'Wed, 31 Dec 2025 23:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('takes the time to wait from %j', (headers: Record<string, string>, seconds) => {
    const error = httpError(429, openAi('Slow down'), headers)
    const now = () => Date.parse('2026-01-01T00:00:00Z')
    expect(runErrorOf(error, { now }).retryAfterSeconds).toBe(seconds)
  })

  it.each([
    [
      'Responses error event',
      { type: 'error', code: 'server_error', message: 'Sorry' },
      'model-unavailable',
    ],
    [
      'Responses rate limit',
      { type: 'error', code: 'rate_limit_exceeded', message: 'x' },
      'model-rate-limited',
    ],
    [
      'response.failed',
      {
        type: 'response.failed',
        response: { error: { code: 'context_length_exceeded', message: 'x' } },
      },
      'context-too-long',
    ],
    [
      'an error the provider package has read',
      {
        message: 'Sorry',
        type: 'error',
        code: 'server_error',
        statusCode: 500,
        isRetryable: true,
        data: {},
      },
      'model-unavailable',
    ],
    [
      'chat-completions object',
      { message: 'Loading', code: 503, type: 'unavailable_error' },
      'model-unavailable',
    ],
    ['chat-completions key error', { message: 'x', code: 'invalid_api_key' }, 'model-key-rejected'],
    ['a string', 'CUDA out of memory', 'model-unavailable'],
    [
      'an error as a string, outside the schema',
      new TypeValidationError({
        value: { error: 'CUDA out of memory' },
        cause: new Error('schema'),
      }),
      'model-unavailable',
    ],
  ])('reads %s inside a stream', (_, error, code) => {
    expect(runErrorOf(error).code).toBe(code)
    expect(isMalformedFrame(error)).toBe(false)
  })

  it.each([
    new JSONParseError({ text: '{"secret', cause: new Error('x') }),
    new TypeValidationError({ value: { choices: 1 }, cause: new Error('x') }),
    new InvalidResponseDataError({ data: {}, message: 'no choices' }),
  ])('calls an unreadable frame malformed, without its text', (error) => {
    expect(runErrorOf(error)).toEqual({ code: 'model-malformed', retryable: true })
    expect(isMalformedFrame(error)).toBe(true)
  })

  it('tells a connection that cannot be made, without its address', () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:8080'), {
      code: 'ECONNREFUSED',
    })
    const asThrownByFetch = new TypeError('fetch failed', { cause })
    const asWrapped = new APICallError({
      message: 'Cannot connect to API: connect ECONNREFUSED 10.0.0.7:8080',
      url: 'http://10.0.0.7:8080/v1',
      requestBodyValues: {},
      cause,
    })
    for (const error of [asThrownByFetch, asWrapped]) {
      expect(runErrorOf(error)).toEqual({
        code: 'model-unreachable',
        retryable: true,
        detail: 'ECONNREFUSED',
      })
    }
    expect(runErrorOf(new TypeError('terminated')).code).toBe('model-unreachable')
  })

  it('tells a model that did not answer in time', () => {
    expect(runErrorOf(new DOMException('late', 'TimeoutError')).code).toBe('model-silent')
    const cause = Object.assign(new Error('x'), { code: 'UND_ERR_BODY_TIMEOUT' })
    expect(runErrorOf(new TypeError('terminated', { cause })).code).toBe('model-silent')
  })

  it('looks at the last error of several tries', () => {
    const error = new RetryError({
      message: 'Failed after 3 attempts',
      reason: 'maxRetriesExceeded',
      errors: [httpError(500), httpError(401, openAi('no'))],
    })
    expect(runErrorOf(error).code).toBe('model-key-rejected')
  })

  it('keeps the text of our own faults to itself', () => {
    expect(runErrorOf(new Error('/srv/app/secret.ts broke'))).toEqual({
      code: 'server-error',
      retryable: true,
    })
    expect(runErrorOf(undefined).code).toBe('server-error')
  })

  it.each([
    ['Incorrect API key provided: sk-proj-abcdefgh12345678.', []],
    ['Incorrect API key provided: sk-abcd********wxyz. See your account.', []],
    ['invalid key hunter2-hunter2', ['hunter2-hunter2']],
    ['Authorization: Bearer hunter2-hunter2 is wrong', []],
    ['failed: https://user:hunter2-hunter2@models.example/v1?api_key=abcd-wxyz#hunter2', []],
  ])('strikes keys out of “%s”', (message, secrets: string[]) => {
    const { detail } = runErrorOf(httpError(401, openAi(message)), { secrets })
    expect(detail).toBeTruthy()
    expect(detail).not.toMatch(/hunter2|abcd|wxyz/)
  })

  it('keeps the provider’s words to one line of at most 300 characters', () => {
    const { detail = '' } = runErrorOf(
      httpError(500, openAi(`First\nsecond\u0000 ${'😀'.repeat(400)}`)),
    )
    expect(detail).toMatch(/^First second /)
    expect(Array.from(detail)).toHaveLength(300)
    expect(detail.isWellFormed()).toBe(true)
  })

  it('falls back to the status where the body says nothing', () => {
    expect(runErrorOf(httpError(502, '<html>proxy</html>')).detail).toBe('Status text')
  })

  it('takes a hostile body without stumbling', () => {
    let nested: unknown = 'deep'
    for (let depth = 0; depth < 1000; depth += 1) nested = { error: nested }
    expect(runErrorOf(httpError(500, JSON.stringify(nested))).code).toBe('model-unavailable')
    const startedAt = performance.now()
    runErrorOf(httpError(400, openAi(`${'*'.repeat(100_000)} model ${'a'.repeat(100_000)}`)))
    expect(performance.now() - startedAt).toBeLessThan(200)
  })
})
