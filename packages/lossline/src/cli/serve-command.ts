import { type Command, InvalidArgumentError, Option } from 'commander'
import type { ServeArgs } from './commands/serve.ts'
import type { Conclude } from './conclude.ts'
import type { Effects } from './effects.ts'
import { type ServeSetting, serveSettings } from './serve/serve-settings.ts'

/** Adds `lossline serve`. Its module is loaded when it runs. */
export function addServeCommand(program: Command, effects: Effects, conclude: Conclude): void {
  const serve = program
    .command('serve')
    .description('show the runs of a folder in the browser, and take runs that clients send')
  for (const setting of serveSettings) serve.addOption(toOption(setting))
  serve
    .option('--data-dir <dir>', 'the data folder itself (default: the nearest .lossline, else a new one here)')
    .option(
      '--config <file>',
      'settings as JSON (default: LOSSLINE_SERVE_CONFIG, else server-settings.json in the data folder)',
    )
    .option(
      '--watch <dir...>',
      "show the runs of W&B's client in this folder (wandb, the one that holds it, or a run's) live, and change nothing there",
    )
    .option('--watch-entity <name>', 'whose they are (default: as they say, else local; needed with keys)')
    .option('--sample', 'load the sample project, unless it is there: 60 runs to look around in')
    .option('--open', 'open the page in the browser')
    .option('--json', 'print the address as JSON')
    .action((_, command: Command) =>
      conclude(async () => {
        const { serve } = await import('./commands/serve.ts')
        return serve(command.optsWithGlobals<ServeArgs>(), effects)
      }),
    )
}

function toOption({ flag, help, fallback, environment, parse }: ServeSetting): Option {
  const option = new Option(flag, `${help} (default: ${environment}, else ${fallback})`)
  if (!flag.includes('<')) return option
  return option.argParser((text) => {
    try {
      return parse(text)
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message : String(error))
    }
  })
}
