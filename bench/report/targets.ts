import type { ContenderResults, Results } from '../results'
import { figure } from './table'

export type Target = { measure: string; target: string; measured: string; met: boolean | undefined }

/** The targets of docs/protocol.md § 8, held against what was measured. */
export function compareWithTargets({ contenders, plan }: Results): Target[] {
  const find = (id: string) => contenders.find((contender) => contender.id === id)
  const [ours, redis, usual] = [find('ours'), find('ours-redis'), find('usual')]
  return [
    most('CPU per token at 50 streams, memory log', 'µs', 60, ours?.streaming.cpuMicroseconds),
    most('the same when full', 'µs', 60, ours?.streaming.cpuMicrosecondsWhenFull),
    most('CPU per token at 50 streams, Redis log', 'µs', 110, redis?.streaming.cpuMicroseconds),
    most('the same when full', 'µs', 110, redis?.streaming.cpuMicrosecondsWhenFull),
    least('streams on one core, p99 lateness ≤ 50 ms', '', 300, ours?.streaming.streamsMax),
    least('streams, times the usual path', '×', 4, ratio(ours, usual)),
    most('added time to first token, p50', 'ms', 3, ours?.streaming.firstTokenP50Ms),
    most('added time to first token, p99', 'ms', 15, ours?.streaming.firstTokenP99Ms),
    most('resume of 10,000 tokens, memory log', 'ms', 25, ours?.resume?.resumeMs),
    most('resume of 10,000 tokens, Redis log', 'ms', 40, redis?.resume?.resumeMs),
    most('bytes of that resume', 'KB', 60, kilobytes(ours?.resume?.resumeBytes)),
    most('resident memory per stream', 'KB', 150, kilobytes(ours?.memory.residentBytesPerStream)),
    most(`heap growth by ${plan.cycles} connects and aborts`, '%', 5, growthPercent(ours)),
  ]
}

export function most(
  measure: string,
  unit: string,
  limit: number,
  value: number | undefined,
): Target {
  return target({ measure, unit, sign: '≤', limit, value, met: (value ?? Infinity) <= limit })
}

export function least(
  measure: string,
  unit: string,
  limit: number,
  value: number | undefined,
): Target {
  return target({ measure, unit, sign: '≥', limit, value, met: (value ?? 0) >= limit })
}

function target({
  measure,
  unit,
  sign,
  limit,
  value,
  met,
}: {
  measure: string
  unit: string
  sign: string
  limit: number
  value: number | undefined
  met: boolean
}): Target {
  const withUnit = (text: string) => (unit ? `${text} ${unit}` : text)
  const measured = value === undefined ? 'not measured' : withUnit(figure(value))
  return {
    measure,
    target: `${sign} ${withUnit(String(limit))}`,
    measured,
    met: value === undefined ? undefined : met,
  }
}

function ratio(ours?: ContenderResults, usual?: ContenderResults): number | undefined {
  return ours && usual?.streaming.streamsMax
    ? ours.streaming.streamsMax / usual.streaming.streamsMax
    : undefined
}

function kilobytes(bytes: number | undefined): number | undefined {
  return bytes === undefined ? undefined : bytes / 1000
}

/** From the end of the first fifth to the end of the last. */
function growthPercent(ours?: ContenderResults): number | undefined {
  const heap = ours?.cycles?.heapBytes ?? []
  const [first, last] = [heap[0], heap.at(-1)]
  return first && last ? Math.max(0, (last / first - 1) * 100) : undefined
}
