import { type SpawnedScript, spawnScript, workspaceUrl } from '@lossline/testing'
import { runCli } from '../src/cli/run-cli.ts'

/** What a command left behind. */
export interface CommandResult {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Where a command runs. */
export interface RunLosslineOptions {
  /** Working directory, and home of settings and keys: nothing of the person who tests gets in. */
  readonly cwd: string
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly input?: string
  /** Only in this process: aborts as Ctrl-C does. */
  readonly stop?: AbortSignal
}

/** Starts the real command from source, in a process of its own. */
export function startLossline(args: readonly string[], { cwd, env, input }: RunLosslineOptions): SpawnedScript {
  return spawnScript(workspaceUrl('packages/lossline/src/cli/main.ts'), {
    args,
    cwd,
    env: toEnvironment(cwd, env),
    ...(input === undefined ? {} : { input }),
  })
}

/** Runs the command to its end in a process of its own: where the process is what is tested. */
export async function runLosslineProcess(args: readonly string[], options: RunLosslineOptions): Promise<CommandResult> {
  await using command = startLossline(args, options)
  const { exitCode } = await command.exited
  return { exitCode, stdout: command.stdout, stderr: command.stderr }
}

/**
 * Runs the command to its end in this process, with another working directory and environment meanwhile: the same from the
 * command line on, and much sooner there. One at a time.
 */
export async function runLossline(
  args: readonly string[],
  { cwd, env, input = '', stop = new AbortController().signal }: RunLosslineOptions,
): Promise<CommandResult> {
  const before = { cwd: process.cwd(), env: { ...process.env } }
  const stdout: string[] = []
  const stderr: string[] = []
  setEnvironment(toEnvironment(cwd, env))
  process.chdir(cwd)
  try {
    const exitCode = await runCli(args, {
      print: (line) => void stdout.push(`${line}\n`),
      note: (line) => void stderr.push(`${line}\n`),
      showProgress: () => {},
      isInteractive: false,
      writeBytes: async (part) => void stdout.push(Buffer.from(part).toString()),
      readPipedLine: async () => input.split(/\r?\n/)[0],
      openUrl: () => {},
      stop,
    })
    return { exitCode, stdout: stdout.join(''), stderr: stderr.join('') }
  } finally {
    process.chdir(before.cwd)
    const added = Object.keys(process.env).filter((name) => before.env[name] === undefined)
    setEnvironment({ ...before.env, ...Object.fromEntries(added.map((name) => [name, undefined])) })
  }
}

function toEnvironment(cwd: string, env: RunLosslineOptions['env']): Readonly<Record<string, string | undefined>> {
  const outer = Object.keys(process.env).filter((name) => /^(LOSSLINE|WANDB|XDG)_/.test(name))
  const clean = Object.fromEntries(outer.map((name) => [name, undefined]))
  return { ...clean, HOME: cwd, USERPROFILE: cwd, NETRC: undefined, ...env }
}

function setEnvironment(values: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
}
