import { Session } from 'node:inspector/promises'
import { setImmediate as turn } from 'node:timers/promises'

// Loaded into a measured server before anything else (`node --import`): answers the bench's commands and does nothing
// until one comes.
let session

const commands = {
  /** What the process holds when nothing is left to collect. */
  async memory() {
    const collector = new Session()
    collector.connect()
    // What weak references and finalizers let go in one turn can be collected in the next.
    for (let round = 0; round < 3; round++) {
      await collector.post('HeapProfiler.collectGarbage')
      await turn()
    }
    collector.disconnect()
    return process.memoryUsage()
  },
  async startProfile() {
    session = new Session()
    session.connect()
    await session.post('Profiler.enable')
    await session.post('Profiler.setSamplingInterval', { interval: 200 })
    await session.post('Profiler.start')
  },
  async stopProfile() {
    const { profile } = await session.post('Profiler.stop')
    session.disconnect()
    return profile
  },
}

process.on('message', (message) => void answer(message))

async function answer(message) {
  if (!Object.hasOwn(commands, message?.name)) return
  process.send({ id: message.id, value: await commands[message.name]() })
}

// The bench's ear keeps no server alive.
process.channel?.unref()
