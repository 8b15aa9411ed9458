import { expect, test } from 'vitest'
import { createMetrics } from './prometheus'

async function linesOf(metrics: ReturnType<typeof createMetrics>): Promise<string[]> {
  return (await metrics.expose()).text.split('\n')
}

test('counts runs by how they ended, and those under way', async () => {
  const metrics = createMetrics()
  metrics.runStarted()
  metrics.runStarted()
  metrics.runEnded({ status: 'done', durationMs: 1500, firstTokenMs: 300 })

  expect(await linesOf(metrics)).toEqual(
    expect.arrayContaining([
      'rivulet_runs_active 1',
      'rivulet_runs_total{status="done"} 1',
      'rivulet_runs_total{status="failed"} 0',
      'rivulet_first_token_seconds_sum 0.3',
      'rivulet_stream_seconds_sum 1.5',
      'rivulet_stream_seconds_bucket{le="1"} 0',
      'rivulet_stream_seconds_bucket{le="2"} 1',
    ]),
  )
})

test('a run that ended before its first token has no time to it', async () => {
  const metrics = createMetrics()
  metrics.runStarted()
  metrics.runEnded({ status: 'failed', durationMs: 20 })

  expect(await linesOf(metrics)).toEqual(
    expect.arrayContaining([
      'rivulet_first_token_seconds_count 0',
      'rivulet_stream_seconds_count 1',
    ]),
  )
})

test('counts readers while they are open, each once, and those that came back', async () => {
  const metrics = createMetrics()
  const first = metrics.readerOpened('run', { resumed: false })
  metrics.readerOpened('run', { resumed: true })
  metrics.readerOpened('events', { resumed: false })
  first.closed()
  first.closed()
  metrics.readerDropped('stalled')

  expect(await linesOf(metrics)).toEqual(
    expect.arrayContaining([
      'rivulet_readers{kind="run"} 1',
      'rivulet_readers{kind="events"} 1',
      'rivulet_reconnects_total{kind="run"} 1',
      'rivulet_reconnects_total{kind="events"} 0',
      'rivulet_readers_dropped_total{reason="stalled"} 1',
      'rivulet_readers_dropped_total{reason="behind"} 0',
    ]),
  )
})

test('counts what goes wrong beneath the runs', async () => {
  const metrics = createMetrics()
  metrics.upstreamError('model-rate-limited')
  metrics.leaseLost()
  metrics.streamLogFault('data-lost')
  metrics.checkpointFailed()

  expect(await linesOf(metrics)).toEqual(
    expect.arrayContaining([
      'rivulet_upstream_errors_total{code="model-rate-limited"} 1',
      'rivulet_lease_losses_total 1',
      'rivulet_stream_log_faults_total{kind="data-lost"} 1',
      'rivulet_stream_log_faults_total{kind="unreachable"} 0',
      'rivulet_checkpoint_failures_total 1',
    ]),
  )
})

test('asks the stream log for its size at each scrape', async () => {
  let size = { runs: 1, bytes: 100 }
  const metrics = createMetrics({ streamLogSize: () => size })
  expect(await linesOf(metrics)).toContain('rivulet_stream_log_bytes 100')
  size = { runs: 2, bytes: 300 }

  expect(await linesOf(metrics)).toEqual(
    expect.arrayContaining(['rivulet_stream_log_runs 2', 'rivulet_stream_log_bytes 300']),
  )
})

test('is in Prometheus’ text format, with what Node tells of itself, however often it is asked', async () => {
  const metrics = createMetrics()
  await metrics.expose()
  const { contentType, text } = await metrics.expose()

  expect(contentType).toMatch(/^text\/plain; version=0\.0\.4/)
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m)
  expect(text).toMatch(/^process_cpu_seconds_total /m)
  for (const line of text.split('\n')) {
    expect(line).toMatch(/^$|^# (HELP|TYPE) \w+ .+|^\w+(\{[^{}]*\})? -?([\d.e+-]+|\+?Inf|NaN)$/i)
  }
})

test('two sets of metrics in one process do not mix', async () => {
  const [one, other] = [createMetrics(), createMetrics()]
  one.leaseLost()
  expect(await linesOf(other)).toContain('rivulet_lease_losses_total 0')
})
