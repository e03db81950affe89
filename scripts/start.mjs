// `npm start`: the server, and beside it a training to look at.
//
//     --port N        port of the server; 0 for any (default: 5757, or the next free one)
//     --data-dir DIR  the data folder (default: .lossline in the checkout)
//     --epochs N      epochs of the training (default: 12)
//     --exit          end after the training; exit code 0 only if the server has all of the run
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { findMissing } from './lib/compare-run.mjs'
import { root } from './lib/paths.mjs'

const project = 'tfjs-digits'
const { port, dataDirectory, epochs, isExiting } = readArgs()
const server = startServer()
const children = new Set([server.child])
let isStopping = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal))

try {
  process.exitCode = await main()
} catch (error) {
  console.error(`lossline: ${error.message}`)
  process.exitCode = isStopping ? 0 : 1
} finally {
  if (server.child.exitCode === null) server.child.kill('SIGTERM')
}

async function main() {
  const url = await server.url
  console.log(`Lossline is at ${url} (data in ${dataDirectory})`)
  console.log(`Training ${project}: watch it at ${url}/local/${project}\n`)
  const runId = randomBytes(5).toString('hex').slice(0, 8)
  const trainingExitCode = await train(runId)
  if (isStopping) return 0
  if (trainingExitCode !== 0) console.error(`lossline: the training ended with exit code ${trainingExitCode}.`)
  if (isExiting) {
    const missing = await findMissing({ url, project, runId, dataDirectory })
    console.log(missing === undefined ? '\nThe server has all of the run.' : `\nlossline: ${missing}`)
    return trainingExitCode === 0 && missing === undefined ? 0 : 1
  }
  console.log(`\nThe run: ${url}/local/${project}/runs/${runId}\nLossline keeps serving it; Ctrl-C stops.`)
  const serverExitCode = await server.exited
  return isStopping ? 0 : serverExitCode
}

function readArgs() {
  const options = {
    port: { type: 'string' },
    'data-dir': { type: 'string' },
    epochs: { type: 'string' },
    exit: { type: 'boolean' },
  }
  try {
    const { values } = parseArgs({ options })
    if (values.epochs !== undefined && !/^[1-9]\d*$/.test(values.epochs)) {
      throw new Error(`--epochs ${values.epochs} is no number of epochs`)
    }
    return {
      port: values.port,
      dataDirectory: resolve(values['data-dir'] ?? join(root, '.lossline')),
      epochs: values.epochs,
      isExiting: values.exit ?? false,
    }
  } catch (error) {
    console.error(`lossline: ${error.message}\n  npm start takes -- --port N, --data-dir DIR, --epochs N and --exit.`)
    process.exit(2)
  }
}

/** The `lossline serve` of this checkout, which says its address in its first line. */
function startServer() {
  const cli = join(root, 'packages/lossline/dist/cli/main.js')
  const args = ['serve', '--json', '--data-dir', dataDirectory, ...(port === undefined ? [] : ['--port', port])]
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', cli, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = new Promise((settle) => child.once('close', (exitCode) => settle(exitCode ?? 1)))
  let reason = 'The server did not start.'
  createInterface({ input: child.stderr }).on('line', (line) => {
    const error = readError(line)
    if (error === undefined) console.error(line)
    else reason = [error.message, error.hint].filter(Boolean).join(' ')
  })
  const url = new Promise((settle, fail) => {
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text
      if (output.includes('\n')) settle(JSON.parse(output.slice(0, output.indexOf('\n'))).url)
    })
    void exited.then(() => fail(new Error(reason)))
  })
  return { child, url, exited }
}

/** The error in a line of `lossline serve --json`, if it is one. */
function readError(line) {
  try {
    return JSON.parse(line).error
  } catch {
    return undefined
  }
}

/** Runs the example, which logs to the server's folder under the given run id. */
function train(runId) {
  const script = join(root, 'examples/tfjs-digits/train.ts')
  const args = epochs === undefined ? [] : ['--epochs', epochs]
  // The example is a program of its own: settings of this shell for another server or mode are not meant for it.
  const env = {
    ...process.env,
    LOSSLINE_MODE: 'local',
    LOSSLINE_DATA_DIR: dataDirectory,
    LOSSLINE_RUN_ID: runId,
    LOSSLINE_PROJECT: project,
    LOSSLINE_ENTITY: 'local',
  }
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    env,
    stdio: 'inherit',
  })
  children.add(child)
  return new Promise((settle) =>
    child.once('exit', (exitCode) => {
      children.delete(child)
      settle(exitCode ?? 1)
    }),
  )
}

function stop(signal) {
  isStopping = true
  // Ctrl-C in a terminal has reached the children already.
  if (signal === 'SIGINT' && process.stdin.isTTY) return
  for (const child of children) child.kill(signal)
}
