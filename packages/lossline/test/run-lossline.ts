import { type SpawnedScript, spawnScript, workspaceUrl } from '@lossline/testing'

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
}

/** Starts the real command from source, in a process of its own. */
export function startLossline(args: readonly string[], { cwd, env, input }: RunLosslineOptions): SpawnedScript {
  const outer = Object.keys(process.env).filter((name) => /^(LOSSLINE|WANDB|XDG)_/.test(name))
  const clean = Object.fromEntries(outer.map((name) => [name, undefined]))
  return spawnScript(workspaceUrl('packages/lossline/src/cli/main.ts'), {
    args,
    cwd,
    env: { ...clean, HOME: cwd, USERPROFILE: cwd, NETRC: undefined, ...env },
    ...(input === undefined ? {} : { input }),
  })
}

/** Runs the command to its end. */
export async function runLossline(args: readonly string[], options: RunLosslineOptions): Promise<CommandResult> {
  await using command = startLossline(args, options)
  const { exitCode } = await command.exited
  return { exitCode, stdout: command.stdout, stderr: command.stderr }
}
