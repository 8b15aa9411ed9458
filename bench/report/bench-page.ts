import type { Plan } from '../plan'
import type { ContenderResults, Results } from '../results'
import { markdownTable, figure } from './table'
import { compareWithTargets } from './targets'

/** What `npm run bench` prints. */
export function benchPage(results: Results): string {
  const parts = [
    `# Benchmark of ${results.date.slice(0, 10)}${results.quick ? ', quick: rough figures' : ''}`,
    conditions(results),
    contendersTable(results),
    targetsTable(results),
    cyclesLines(results),
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

export function conditions({ machine, plan, loadAverages, streamsCompared }: Results): string {
  const loads = loadAverages.map((load) => load.toFixed(1)).join(', ')
  const rounds = plan.rounds === 1 ? 'One round' : `Medians of ${plan.rounds} rounds`
  return (
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryGb} GB; Node ${machine.node}. The server alone on one core; ` +
    `upstream, readers and Redis on another. Load average before the run and after each round: ${loads}. ${rounds}, ` +
    `${plan.streams} streams of 50 tokens a second for the cost and the first token. ` +
    `${streamsCompared} streams compared with what was sent, by SHA-256: none differed.`
  )
}

export function contendersTable({ contenders, plan }: Results): string {
  const ours = contenders.find(({ id }) => id === 'ours')
  return markdownTable(
    [
      'server',
      'CPU per token, µs',
      'ratio',
      'when full, µs',
      'streams on one core',
      'ratio',
      'first token p50 / p99, ms',
      'resume, ms',
      'resume, KB',
      'memory per stream, resident / live, KB',
    ],
    contenders.map((contender) => contenderRow(contender, { ours, plan })),
  )
}

function contenderRow(
  { label, streaming, resume, memory }: ContenderResults,
  { ours, plan }: { ours: ContenderResults | undefined; plan: Plan },
): string[] {
  const { cpuMicroseconds, streamsMax, streamsMaxIsBound } = streaming
  return [
    label,
    figure(cpuMicroseconds),
    times(cpuMicroseconds, ours?.streaming.cpuMicroseconds),
    figure(streaming.cpuMicrosecondsWhenFull),
    streamsMax === 0 ? `< ${plan.streams}` : `${streamsMaxIsBound ? '≥ ' : ''}${streamsMax}`,
    times(streamsMax, ours?.streaming.streamsMax),
    `${figure(streaming.firstTokenP50Ms)} / ${figure(streaming.firstTokenP99Ms)}`,
    resume ? figure(resume.resumeMs) : '—',
    resume ? figure(resume.resumeBytes / 1000) : '—',
    `${figure(memory.residentBytesPerStream / 1000)} / ${figure(memory.liveBytesPerStream / 1000)}`,
  ]
}

function times(value: number, base: number | undefined): string {
  return base && value ? `${(value / base).toFixed(2)} ×` : '—'
}

export function targetsTable(results: Results): string {
  const words = (met: boolean | undefined) => (met === undefined ? '—' : met ? 'ok' : 'short')
  return markdownTable(
    ['target', '', 'measured', ''],
    compareWithTargets(results).map(({ measure, target, measured, met }) => [
      measure,
      target,
      measured,
      words(met),
    ]),
  )
}

export function cyclesLines({ contenders, plan }: Results): string {
  return contenders
    .flatMap(({ label, cycles }) => {
      if (!cycles) return []
      const heap = cycles.heapBytes.map((bytes) => (bytes / 1e6).toFixed(1)).join(', ')
      const rss = [cycles.rssBytesBefore, cycles.rssBytesAfter].map((bytes) =>
        Math.round(bytes / 1e6),
      )
      const readers = `${cycles.readersBefore ?? '—'} and ${cycles.readersAfter ?? '—'}`
      return [
        `- ${label}: ${plan.cycles} connects and aborts. Heap after each fifth: ${heap} MB; resident before and after: ` +
          `${rss.join(' and ')} MB; readers counted before and after: ${readers}.`,
      ]
    })
    .join('\n')
}
