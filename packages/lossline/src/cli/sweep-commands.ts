import type { Command } from 'commander'
import type { AgentArgs } from './commands/agent.ts'
import type { SweepArgs } from './commands/sweep.ts'
import type { Conclude } from './conclude.ts'
import type { Effects } from './effects.ts'
import { parseCount, parseSeconds } from './parse-numbers.ts'
import { withTarget } from './runs-command.ts'

/** Adds `lossline sweep` and `lossline agent`. Their modules are loaded when one of them runs. */
export function addSweepCommands(program: Command, effects: Effects, conclude: Conclude): void {
  withTarget(program.command('sweep'))
    .description('make a sweep from a YAML file, or pause, resume, stop or cancel one')
    .argument('<file-or-sweep>', 'the configuration; with one of the last four options a sweep: entity/project/id')
    .option('--project <name>', 'default: what the file says, else LOSSLINE_PROJECT, else as for runs')
    .option('--entity <name>', 'default: what the file says, else LOSSLINE_ENTITY')
    .option('--name <name>', 'name for people (default: what the file says)')
    .option('--prior-run <id...>', 'runs of the project that the search knows from the start')
    .option('--pause', 'start no more runs until --resume; those that go on go on')
    .option('--resume', 'start runs again')
    .option('--stop', 'start no more runs; those that go on come to their end')
    .option('--cancel', 'start no more runs, and end those that go on')
    .action((target: string, _, command: Command) =>
      conclude(async () => {
        const { sweepCommand } = await import('./commands/sweep.ts')
        return sweepCommand({ ...command.optsWithGlobals<Omit<SweepArgs, 'target'>>(), target }, effects)
      }),
    )

  withTarget(program.command('agent'))
    .description('start the command of a sweep for each run that the sweep assigns')
    .argument('<sweep>', 'entity/project/id, project/id or id')
    .option('--project <name>', 'the project, where the sweep is given by its id')
    .option('--entity <name>', 'whose it is')
    .option('--count <count>', 'trials to make at most (default: all)', parseCount)
    .option('--parallel <count>', 'trials at a time (default: one, or one for each GPU)', parseCount)
    .option('--gpus <list>', 'GPUs of the trials, one each, such as 0,1 (CUDA_VISIBLE_DEVICES)')
    .option('--max-failures <count>', 'give up after so many failures in a row (default: 5)', parseCount)
    .option('--trial-timeout <seconds>', 'end a trial that takes longer; it has failed (default: none)', parseSeconds)
    .action((sweep: string, _, command: Command) =>
      conclude(async () => {
        const { agentCommand } = await import('./commands/agent.ts')
        return agentCommand({ ...command.optsWithGlobals<Omit<AgentArgs, 'sweep'>>(), sweep }, effects)
      }),
    )
}
