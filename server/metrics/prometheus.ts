import 'server-only'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Metrics } from './metrics'

export type CreateMetricsOptions = {
  /** What the stream log holds in this process; asked at each scrape. */
  streamLogSize?: () => { runs: number; bytes: number }
}

const firstTokenBuckets = [0.1, 0.25, 0.5, 1, 2, 4, 8, 16, 32, 60]
const streamBuckets = [1, 2, 5, 10, 20, 40, 80, 160, 300, 600, 1200]

/** Metrics in a registry of their own, so that several of them live in one process side by side. */
export function createMetrics({ streamLogSize }: CreateMetricsOptions = {}): Metrics {
  const registry = new Registry()
  const runs = runMetrics(registry)
  const readers = readerMetrics(registry)
  const faults = faultMetrics(registry)
  if (streamLogSize) watchStreamLog(registry, streamLogSize)
  let collectsProcess = false

  return {
    runStarted: () => runs.active.inc(),
    runEnded({ status, durationMs, firstTokenMs }) {
      runs.active.dec()
      runs.ended.inc({ status })
      runs.duration.observe(durationMs / 1000)
      if (firstTokenMs !== undefined) runs.firstToken.observe(firstTokenMs / 1000)
    },
    runLeft: () => runs.active.dec(),
    upstreamError: (code) => faults.upstream.inc({ code }),
    readerOpened(kind, { resumed }) {
      readers.active.inc({ kind })
      if (resumed) readers.reconnects.inc({ kind })
      return { closed: once(() => readers.active.dec({ kind })) }
    },
    readerDropped: (reason) => readers.dropped.inc({ reason }),
    leaseLost: () => faults.leases.inc(),
    streamLogFault: (kind) => faults.streamLog.inc({ kind }),
    checkpointFailed: () => faults.checkpoints.inc(),
    async expose() {
      // Watching the event loop and the garbage collector costs a little: only those who ask pay for it.
      if (!collectsProcess) collectDefaultMetrics({ register: registry })
      collectsProcess = true
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
  }
}

function runMetrics(registry: Registry) {
  const registers = [registry]
  return {
    active: new Gauge({
      name: 'rivulet_runs_active',
      help: 'Runs that this process is writing.',
      registers,
    }),
    ended: withZeros(
      new Counter({
        name: 'rivulet_runs_total',
        help: 'Runs that have ended in this process, by how.',
        labelNames: ['status'],
        registers,
      }),
      ['done', 'stopped', 'failed', 'interrupted'].map((status) => ({ status })),
    ),
    firstToken: new Histogram({
      name: 'rivulet_first_token_seconds',
      help: 'From the start of a run to the first text or reasoning of the model.',
      buckets: firstTokenBuckets,
      registers,
    }),
    duration: new Histogram({
      name: 'rivulet_stream_seconds',
      help: 'From the start of a run to its end.',
      buckets: streamBuckets,
      registers,
    }),
  }
}

function readerMetrics(registry: Registry) {
  const registers = [registry]
  const kinds = [{ kind: 'run' }, { kind: 'events' }]
  return {
    active: withZeros(
      new Gauge({
        name: 'rivulet_readers',
        help: 'Open responses that follow a run or a user’s live events.',
        labelNames: ['kind'],
        registers,
      }),
      kinds,
    ),
    reconnects: withZeros(
      new Counter({
        name: 'rivulet_reconnects_total',
        help: 'Readers that came back with the position they had reached.',
        labelNames: ['kind'],
        registers,
      }),
      kinds,
    ),
    dropped: withZeros(
      new Counter({
        name: 'rivulet_readers_dropped_total',
        help: 'Readers that were let go because they did not read.',
        labelNames: ['reason'],
        registers,
      }),
      [{ reason: 'stalled' }, { reason: 'behind' }],
    ),
  }
}

function faultMetrics(registry: Registry) {
  const registers = [registry]
  return {
    upstream: new Counter({
      name: 'rivulet_upstream_errors_total',
      help: 'Tries of a model that failed, by why; tries that were repeated count too.',
      labelNames: ['code'],
      registers,
    }),
    leases: new Counter({
      name: 'rivulet_lease_losses_total',
      help: 'Runs whose writer has lost its right to write.',
      registers,
    }),
    streamLog: withZeros(
      new Counter({
        name: 'rivulet_stream_log_faults_total',
        help: 'Spells in which the stream log could not be written, by why.',
        labelNames: ['kind'],
        registers,
      }),
      [{ kind: 'unreachable' }, { kind: 'refused' }, { kind: 'data-lost' }],
    ),
    checkpoints: new Counter({
      name: 'rivulet_checkpoint_failures_total',
      help: 'Checkpoints of running answers that could not be saved.',
      registers,
    }),
  }
}

function watchStreamLog(registry: Registry, size: () => { runs: number; bytes: number }): Gauge[] {
  const registers = [registry]
  return [
    new Gauge({
      name: 'rivulet_stream_log_runs',
      help: 'Runs whose stream log this process holds in memory.',
      registers,
      collect() {
        this.set(size().runs)
      },
    }),
    new Gauge({
      name: 'rivulet_stream_log_bytes',
      help: 'About how much memory those stream logs take.',
      registers,
      collect() {
        this.set(size().bytes)
      },
    }),
  ]
}

/** A counter that has not counted yet is 0, not absent: a rate over it would miss the first. */
function withZeros<Metric extends { inc(labels: Labels, value: number): void }, Labels>(
  metric: Metric,
  labels: readonly Labels[],
): Metric {
  for (const each of labels) metric.inc(each, 0)
  return metric
}

function once(action: () => void): () => void {
  let done = false
  return () => {
    if (done) return
    done = true
    action()
  }
}
