import type { StoredProject } from '@lossline/core'
import type { Effects } from '../effects.ts'
import { CliError } from '../errors.ts'
import { countOf } from '../sync/receipt.ts'
import { type RunsTarget, withApi } from './runs.ts'

/** Prints one line a project. */
export async function listProjects(args: RunsTarget & { readonly entity?: string }, effects: Effects): Promise<number> {
  return withApi(args, async (api) => {
    const projects = await api.projects(args.entity).toArray({ signal: effects.stop })
    for (const project of projects) {
      const runCount = await project.runs().total({ signal: effects.stop })
      const { name, entity, createdAt } = project
      if (args.json === true) effects.print(JSON.stringify({ entity, project: name, runCount, createdAt }))
      else effects.print(`${project.path}  ${countOf(runCount, 'run')}`)
    }
    if (projects.length === 0 && args.json !== true) effects.note('lossline: there are no projects.')
  })
}

/** Gives a project another name. */
export async function renameProject(
  args: RunsTarget & { readonly project: string; readonly name: string },
  effects: Effects,
): Promise<number> {
  return withApi(args, async (api) => {
    const project = await api.project(args.project, { signal: effects.stop })
    const { path } = await project.rename(args.name, { signal: effects.stop })
    effects.print(
      args.json === true ? JSON.stringify({ from: project.path, to: path }) : `${project.path} is ${path} now.`,
    )
  })
}

/**
 * Removes a project with all that is in it.
 *
 * @throws {@link CliError} `not-confirmed` unless told that this is meant.
 */
export async function removeProject(
  args: RunsTarget & { readonly project: string; readonly yes?: boolean },
  effects: Effects,
): Promise<number> {
  return withApi(args, async (api) => {
    const project = await api.project(args.project, { signal: effects.stop })
    const runCount = await project.runs().total({ signal: effects.stop })
    if (args.yes !== true) throw notConfirmed(project, runCount)
    await project.delete({ signal: effects.stop })
    if (args.json === true) effects.print(JSON.stringify({ removed: project.path, runCount }))
    else effects.print(`${project.path} is removed, with ${countOf(runCount, 'run')}.`)
  })
}

function notConfirmed({ path }: StoredProject, runCount: number): CliError {
  return new CliError({
    code: 'not-confirmed',
    message: `${path} has ${countOf(runCount, 'run')}, which would be gone for good with its artifacts and views.`,
    hint: 'Pass --yes if this is meant. A backup before it costs little: lossline backup FILE',
  })
}
