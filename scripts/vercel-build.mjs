import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { copyCheckout, linkPackages } from './copy-checkout.mjs'
import { StartupError } from './startup-error.mjs'

const cliVersion = '64'
const stepMsMax = 180_000

/**
 * Runs `vercel build` on a copy of the checkout, as a deployment would, and returns the folder that was built.
 * No account is needed; the `project.json` that stands for one is written into the copy alone.
 *
 * @param {{ root: string; workspace: string; settings: Record<string, string> }} options
 */
export async function buildForVercel({ root, workspace, settings }) {
  const [copy, cli] = [join(workspace, 'checkout'), join(workspace, 'cli')]
  copyCheckout({ root, to: copy, ignoreFile: '.vercelignore' })
  linkPackages({ root, to: copy })
  plantData(copy)
  writeJson(join(copy, '.vercel/project.json'), project)
  await installCli(cli)
  await run({
    command: [
      process.execPath,
      join(cli, 'node_modules/vercel/dist/index.js'),
      'build',
      '--prod',
      '--yes',
    ],
    cwd: copy,
    // Nothing else: settings of the person who runs this are none of the deployment's.
    environment: {
      ...settings,
      PATH: process.env.PATH,
      HOME: workspace,
      VERCEL_TELEMETRY_DISABLED: '1',
    },
  })
  return copy
}

// The packages are there already. What Vercel installs is `npm install`.
const project = {
  projectId: 'prj_local',
  orgId: 'team_local',
  settings: { framework: 'nextjs', nodeVersion: '24.x', installCommand: 'echo installed' },
}

/** A data folder as a developer has it; nothing of it may be traced into a function. */
function plantData(copy) {
  mkdirSync(join(copy, 'data'), { recursive: true })
  for (const name of ['rivulet.db', 'rivulet.db-wal', 'session-secret']) {
    writeFileSync(join(copy, 'data', name), 'planted')
  }
}

async function installCli(folder) {
  // It starts sandboxes; `vercel build` never loads it, and a mirror may lack the one version that is asked for.
  writeJson(join(folder, 'package.json'), { private: true, overrides: { sandbox: '^4' } })
  await run({
    command: [
      'npm',
      'install',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      `vercel@${cliVersion}`,
    ],
    cwd: folder,
    environment: process.env,
  })
}

function writeJson(path, value) {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, JSON.stringify(value))
}

async function run({ command: [program, ...args], cwd, environment }) {
  const child = spawn(program, args, {
    cwd,
    env: { NEXT_TELEMETRY_DISABLED: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: stepMsMax,
  })
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const [code, ...printed] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  if (code !== 0) throw new StartupError(`${program} ${args.join(' ')}\n\n${printed.join('')}`)
}
