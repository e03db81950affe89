import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { findPythonClient, type TemporaryDirectory } from '@lossline/testing'

/** Python with W&B's client, or why there is none. */
export const pythonClient: ReturnType<typeof findPythonClient> = findPythonClient()
if ('missing' in pythonClient) console.warn(`The tests with W&B's Python client are skipped: ${pythonClient.missing}`)

export interface Outcome {
  readonly exitCode: number | null
  readonly output: string
}

export interface RunPythonOptions {
  /** Default: {@link pythonClient}'s. */
  readonly python?: string | undefined
  /** More of the environment. */
  readonly env?: NodeJS.ProcessEnv
}

/** Runs a script of `test/scripts`, or what else is given to Python, with W&B's client pointed at the server. */
export async function runPython(
  server: { readonly url: string },
  home: TemporaryDirectory,
  args: readonly string[],
  { python = 'python' in pythonClient ? pythonClient.python : '', env }: RunPythonOptions = {},
): Promise<Outcome> {
  const [script = '', ...rest] = args
  const path = script.startsWith('-') ? script : fileURLToPath(new URL(`./scripts/${script}`, import.meta.url))
  const child = spawn(python, [path, ...rest], {
    cwd: home.path,
    env: {
      PATH: process.env.PATH,
      HOME: home.path,
      WANDB_BASE_URL: server.url,
      WANDB_API_KEY: 'x'.repeat(40),
      // Nothing but this server may be asked.
      WANDB_ERROR_REPORTING: 'true',
      NO_PROXY: '*',
      ...env,
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  return { exitCode, output }
}
