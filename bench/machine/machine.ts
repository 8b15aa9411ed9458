import { readFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'

export type Machine = { cpu: string; cores: number; memoryGb: number; node: string; system: string }

/** What figures depend on, without the machine's name. */
export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    system: process.platform,
  }
}

/** Of the last minute. Above what the bench itself causes, somebody else was at work. */
export async function loadAverage(): Promise<number> {
  return Number((await readFile('/proc/loadavg', 'utf8')).split(' ', 1)[0])
}
