import type { Command } from 'commander'
import type { RunsTarget } from './commands/runs.ts'
import type { Effects } from './effects.ts'
import { withTarget } from './runs-command.ts'

type Conclude = (run: () => Promise<number>) => Promise<void>

/** Adds `lossline project` and its commands. Their modules are loaded when one of them runs. */
export function addProjectCommand(program: Command, effects: Effects, conclude: Conclude): void {
  const project = program
    .command('project')
    .description('list, rename and remove projects of a server or of this folder')
  const load = () => import('./commands/project.ts')

  withTarget(project.command('list'))
    .description('print one line a project')
    .argument('[entity]', 'a user or team (default: LOSSLINE_ENTITY, else your own)')
    .action((entity: string | undefined, _, command: Command) =>
      conclude(async () =>
        (await load()).listProjects(
          { ...command.optsWithGlobals<RunsTarget>(), ...(entity === undefined ? {} : { entity }) },
          effects,
        ),
      ),
    )

  withTarget(project.command('rename'))
    .description('give a project another name; programs that log to it go on')
    .argument('<project>', 'entity/project or project')
    .argument('<name>', 'its new name')
    .action((path: string, name: string, _, command: Command) =>
      conclude(async () =>
        (await load()).renameProject({ ...command.optsWithGlobals<RunsTarget>(), project: path, name }, effects),
      ),
    )

  withTarget(project.command('rm'))
    .description('remove a project with its runs, artifacts and views, for good')
    .argument('<project>', 'entity/project or project')
    .option('--yes', 'this is meant')
    .action((path: string, _, command: Command) =>
      conclude(async () =>
        (await load()).removeProject(
          { ...command.optsWithGlobals<RunsTarget & { readonly yes?: boolean }>(), project: path },
          effects,
        ),
      ),
    )
}
