import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { benchmarkScript } from './benchmarks.mjs'
import { ScriptError } from './errors.mjs'
import { exampleScript } from './examples.mjs'
import { root } from './paths.mjs'
import { runInForeground } from './processes.mjs'
import { findToolchain } from './toolchain.mjs'
import { buildPackages, installPackages } from './workspace.mjs'

const cli = 'packages/lossline/dist/cli/main.js'

/**
 * What each command runs once the packages are installed and built.
 * `test` does both by itself: they are steps that it reports.
 */
const commands = {
  start: { script: () => 'scripts/start.mjs' },
  test: { script: () => 'scripts/test.mjs', preparesItself: true },
  serve: { script: () => cli, firstArgs: ['serve'] },
  lossline: { script: () => cli },
  bench: { script: benchmarkScript, firstArgsTaken: 1 },
  example: { script: exampleScript, firstArgsTaken: 1 },
  peers: { script: () => 'scripts/peer-check.mjs' },
  frameworks: { script: () => 'scripts/frameworks-check.mjs' },
  gallery: { script: () => 'packages/web/gallery/serve.ts' },
  properties: { script: () => 'scripts/properties.mjs' },
  'crash-test': { script: () => 'scripts/crash-test.mjs' },
  build: {},
}

/**
 * Runs one command of the workspace to its end.
 *
 * @param {string | undefined} name - A key of the table above.
 * @param {string[]} args - Passed on to the command.
 * @returns {Promise<number>} its exit code
 */
export async function runCommand(name, args) {
  const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined
  if (command === undefined) {
    throw new ScriptError(`"${name ?? ''}" is no command. There are: ${Object.keys(commands).join(', ')}.`)
  }
  const toolchain = await findToolchain()
  if (!command.preparesItself) {
    await installPackages(toolchain)
    await buildPackages(toolchain)
  }
  if (command.script === undefined) return 0

  const script = join(root, command.script(args))
  if (!existsSync(script)) throw new ScriptError(`${script} does not exist; is this checkout complete?`)
  const scriptArgs = [...(command.firstArgs ?? []), ...args.slice(command.firstArgsTaken ?? 0)]
  return runInForeground(
    toolchain.node,
    ['--disable-warning=ExperimentalWarning', script, ...scriptArgs],
    toolchain.env,
  )
}
