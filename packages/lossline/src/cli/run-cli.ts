import { Command, CommanderError } from 'commander'
import type { DoctorArgs } from './commands/doctor.ts'
import type { LoginArgs } from './commands/login.ts'
import type { LogoutArgs } from './commands/logout.ts'
import type { SyncArgs } from './commands/sync.ts'
import type { Conclude } from './conclude.ts'
import type { Effects } from './effects.ts'
import { exitCodes } from './exit-codes.ts'
import { addMaintenanceCommands } from './maintenance-command.ts'
import { parseCount, parseSeconds } from './parse-numbers.ts'
import { parseUrl } from './parse-url.ts'
import { addProjectCommand } from './project-command.ts'
import { reportError } from './report-error.ts'
import { addRunsCommand } from './runs-command.ts'
import { addServeCommand } from './serve-command.ts'
import { addSweepCommands } from './sweep-commands.ts'
import { addUsersCommands } from './users-command.ts'
import { readVersion } from './version.ts'

/**
 * Runs one command line.
 *
 * @param args - What follows the program's name. Nothing: serve this folder, and open the page if a person is looking.
 * @returns the exit code; see {@link exitCodes}. Never rejects.
 */
export async function runCli(args: readonly string[], effects: Effects): Promise<number> {
  let exitCode: number = exitCodes.success
  const program = createProgram(effects, async (run) => {
    exitCode = await run()
  })
  const given = args.length > 0 ? args : effects.isInteractive ? ['serve', '--open'] : ['serve']
  try {
    await program.parseAsync(given, { from: 'user' })
    return exitCode
  } catch (error) {
    // Commander has said what is wrong, or shown the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.success : exitCodes.usage
    // Whoever asked for the end knows of it.
    if (effects.stop.aborted) return exitCodes.interrupted
    reportError(error, effects, { isJson: args.includes('--json'), isVerbose: args.includes('--verbose') })
    return exitCodes.failure
  }
}

function createProgram(effects: Effects, conclude: Conclude): Command {
  const program = new Command('lossline')
    .description('Experiment tracking for JavaScript. Without a command: serve this folder and open its page.')
    .version(readVersion(), '--version', 'print the version')
    .helpOption('--help', 'show help')
    .option('--verbose', 'say more, and show the stack of errors')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => effects.print(text.trimEnd()),
      writeErr: (text) => effects.note(text.trimEnd().replace(/^error: /, 'lossline: ')),
    })
    .showHelpAfterError('  lossline --help lists the commands and options.')

  // A command's modules are loaded when it runs: the server's take longer than all of `--help`.
  const dataDirHelp = 'the data folder itself (default: the nearest .lossline, else a new one here)'
  addServeCommand(program, effects, conclude)

  program
    .command('sync')
    .description('send runs to a server, from where the last sending stopped')
    .argument('[dir...]', 'run folders or folders of runs (default: all runs of this folder)')
    .option('--base-url <url>', 'the server (default: LOSSLINE_BASE_URL, else the last login)', parseUrl)
    .option('--api-key <key>', 'its key (default: LOSSLINE_API_KEY, else ~/.netrc)')
    .option('--data-dir <dir>', dataDirHelp)
    .option('--entity <name>', 'send the runs to this entity instead of their own')
    .option('--project <name>', 'send the runs to this project instead of their own')
    .option('--id <id>', 'send the run under this id instead of its own')
    .option('--include <pattern...>', 'only folders with such names (* and ? stand for anything)')
    .option('--exclude <pattern...>', 'no folders with such names')
    .option('--staging <dir...>', 'look here too for staged files of artifacts, by their names')
    .option('--follow', 'go on while runs grow, until they have ended')
    .option('--clean', 'remove the folders of runs that the server confirms to have wholly')
    .option('--dry-run', 'only list what would be sent, and with --clean removed')
    .option('--jobs <count>', 'runs sent at a time (default: 4; with --follow 64)', parseCount)
    .option('--timeout <seconds>', 'how long to wait for a server that does not answer (default: 60)', parseSeconds)
    .option('--json', 'print one JSON object a run')
    .action((dirs: string[], _, command: Command) =>
      conclude(async () => {
        const { sync } = await import('./commands/sync.ts')
        return sync({ dirs, ...command.optsWithGlobals<Omit<SyncArgs, 'dirs'>>() }, effects)
      }),
    )

  addRunsCommand(program, effects, conclude)
  addSweepCommands(program, effects, conclude)
  addProjectCommand(program, effects, conclude)
  addUsersCommands(program, effects, conclude)
  addMaintenanceCommands(program, effects, conclude)

  const serverHelp = 'the server (default: LOSSLINE_BASE_URL, else the last login, else https://api.wandb.ai)'
  program
    .command('login')
    .description('store the API key of a server, after asking the server whether it knows it')
    .option('--host <url>', serverHelp, parseUrl)
    .option(
      '--key <key>',
      'the key; others on this machine may see it. Better: LOSSLINE_API_KEY, standard input, or the prompt',
    )
    .option('--relogin', 'ask for a key although one is known')
    .option('--no-verify', 'do not ask the server')
    .option('--status', 'only say who is logged in')
    .option('--json', 'print the result as JSON')
    .action((_, command: Command) =>
      conclude(async () => {
        const { login } = await import('./commands/login.ts')
        return login(command.optsWithGlobals<LoginArgs>(), effects)
      }),
    )

  program
    .command('logout')
    .description('forget the API key of a server')
    .option('--host <url>', serverHelp, parseUrl)
    .option('--json', 'print the result as JSON')
    .action((_, command: Command) =>
      conclude(async () => {
        const { logout } = await import('./commands/logout.ts')
        return logout(command.optsWithGlobals<LogoutArgs>(), effects)
      }),
    )

  program
    .command('doctor')
    .description('look for what keeps Lossline from working here')
    .option('--data-dir <dir>', dataDirHelp)
    .option('--json', 'print the findings as JSON')
    .action((_, command: Command) =>
      conclude(async () => {
        const { doctor } = await import('./commands/doctor.ts')
        return doctor(command.optsWithGlobals<DoctorArgs>(), effects)
      }),
    )

  return program
}
