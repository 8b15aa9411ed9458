import { readdir, readFile } from 'node:fs/promises'

/** Processor time that all threads of a process have used, in microseconds. */
export async function cpuMicroseconds(pid: number): Promise<number> {
  const threads = await readdir(`/proc/${pid}/task`)
  const times = await Promise.all(threads.map((thread) => threadNanoseconds(pid, thread)))
  return times.reduce((sum, time) => sum + time, 0) / 1000
}

/** A thread may end between the listing and the reading. */
async function threadNanoseconds(pid: number, thread: string): Promise<number> {
  const text = await readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').catch(() => '0')
  return Number(text.split(' ', 1)[0])
}
