import { type Command, Option } from 'commander'
import type { ExportRunsArgs, RunsTarget } from './commands/runs.ts'
import type { Conclude } from './conclude.ts'
import type { Effects } from './effects.ts'
import { parseCount } from './parse-numbers.ts'
import { parseUrl } from './parse-url.ts'
import type { RunsSelection } from './runs/select-runs.ts'

/** Adds `lossline runs` and its commands. Their modules are loaded when one of them runs. */
export function addRunsCommand(program: Command, effects: Effects, conclude: Conclude): void {
  const runs = program.command('runs').description('list, show, move and export runs of a server or of this folder')

  withTarget(runs.command('list'))
    .description('print one line a run, the newest first')
    .argument('[project]', 'entity/project or project (default: LOSSLINE_PROJECT, else all projects)')
    .option('--filters <json>', 'which runs, such as {"state": "finished"}; see the guide of the Api')
    .option('--order <order>', 'such as +createdAt or -summary.loss (default: -createdAt, the newest first)')
    .option('--limit <count>', 'at most so many runs', parseCount)
    .action((project: string | undefined, _, command: Command) =>
      conclude(async () => {
        const { listRuns } = await import('./commands/runs.ts')
        return listRuns({ ...command.optsWithGlobals<RunsTarget & RunsSelection>(), ...projectOf(project) }, effects)
      }),
    )

  withTarget(runs.command('show'))
    .description('print what a run is, its config and its summary')
    .argument('<run>', 'entity/project/id, project/id or id')
    .action((run: string, _, command: Command) =>
      conclude(async () => {
        const { showRun } = await import('./commands/runs.ts')
        return showRun({ ...command.optsWithGlobals<RunsTarget>(), run }, effects)
      }),
    )

  withTarget(runs.command('mv'))
    .description('put runs into another project; programs that log to them go on')
    .argument('<run...>', 'entity/project/id, project/id or id')
    .requiredOption('--to <project>', 'entity/project or project')
    .action((paths: string[], _, command: Command) =>
      conclude(async () => {
        const { moveRuns } = await import('./commands/runs.ts')
        const options = command.optsWithGlobals<RunsTarget & { readonly to: string }>()
        return moveRuns({ ...options, runs: paths }, effects)
      }),
    )

  withTarget(runs.command('export'))
    .description('write runs, or their rows, as CSV, JSON Lines or Parquet')
    .argument('[project]', 'entity/project or project (default: LOSSLINE_PROJECT, else all projects)')
    .option('--run <path...>', 'only these runs')
    .option('--history', 'all rows of the runs, instead of one row a run')
    .option('--keys <keys>', 'columns of the rows, with commas between them (default: all)')
    .option('--filters <json>', 'which runs, such as {"state": "finished"}; see the guide of the Api')
    .option('--order <order>', 'such as -createdAt or +summary.loss (default: the oldest first)')
    .option('--limit <count>', 'at most so many runs', parseCount)
    .addOption(
      new Option('--format <format>', "default: the file's ending, else csv").choices(['csv', 'jsonl', 'parquet']),
    )
    .option('--output <file>', 'the file (default: standard output)')
    .action((project: string | undefined, _, command: Command) =>
      conclude(async () => {
        const { exportRunsCommand } = await import('./commands/runs.ts')
        return exportRunsCommand({ ...command.optsWithGlobals<ExportRunsArgs>(), ...projectOf(project) }, effects)
      }),
    )
}

export function withTarget(command: Command): Command {
  return command
    .option(
      '--base-url <url>',
      'the server (default: LOSSLINE_BASE_URL, else the last login, else this folder)',
      parseUrl,
    )
    .option('--api-key <key>', 'its key (default: LOSSLINE_API_KEY, else what login stored)')
    .option('--data-dir <dir>', 'a data folder to read instead of asking a server')
    .option('--json', 'print JSON')
}

function projectOf(project: string | undefined): { readonly project?: string } {
  return project === undefined ? {} : { project }
}
