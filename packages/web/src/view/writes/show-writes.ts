import type { RunEdit } from '@lossline/protocol'
import type { ShownEdit, Write } from './write.ts'

/** A part of the page's data, by what asks for it: `runs`, entity, project, and more. */
export type DataKey = readonly unknown[]

interface EditedRun {
  readonly runId: string
  readonly tags?: readonly string[]
}

type RunsEdit = Extract<ShownEdit, { kind: 'runs' }>
type ProjectEdit = Extract<ShownEdit, { kind: 'project' }>

/** Data of the page with what changes without an answer make of it; the same object where they make nothing of it. */
export function showWrites(key: DataKey, data: unknown, writes: readonly Write[]): unknown {
  return writes.flatMap(({ shows }) => shows).reduce((shown: unknown, edit) => showEdit(key, shown, edit), data)
}

/** What of the page's data a change may be seen in: the first words of its keys. */
export function keysOfEdit(edit: ShownEdit): readonly DataKey[] {
  const { entity, project } = edit
  if (edit.kind === 'project') return [['project', entity, project], ['projects']]
  if (edit.kind === 'later') return edit.in.map((word) => [word, entity, project])
  return [
    ['runs', entity, project],
    ['run', entity, project],
  ]
}

function showEdit([kind, entity, project, id]: DataKey, data: unknown, edit: ShownEdit): unknown {
  if (data === undefined || data === null || edit.kind === 'later') return data
  if (edit.kind === 'project') {
    if (kind === 'projects') return editProjects(data as { readonly projects: readonly EditedProject[] }, edit)
    const isIt = kind === 'project' && entity === edit.entity && project === edit.project
    return isIt ? editOne(data as { readonly project: EditedProject }, edit) : data
  }
  if (entity !== edit.entity || project !== edit.project) return data
  if (kind === 'run')
    return edit.runIds.includes(String(id)) ? editRunPage(data as { readonly run: EditedRun }, edit) : data
  // What is in the trash has its own list.
  return kind === 'runs' && id !== 'trash' ? editRuns(data as RunsPage, edit) : data
}

interface RunsPage {
  readonly total: number
  readonly runs: readonly EditedRun[]
}

function editRuns(page: RunsPage, edit: RunsEdit): RunsPage {
  const ids = new Set(edit.runIds)
  if (edit.isGone) {
    const runs = page.runs.filter(({ runId }) => !ids.has(runId))
    const goneCount = page.runs.length - runs.length
    return goneCount === 0 ? page : { ...page, runs, total: page.total - goneCount }
  }
  const runs = page.runs.map((run) => (ids.has(run.runId) ? editRun(run, edit) : run))
  return runs.every((run, index) => run === page.runs[index]) ? page : { ...page, runs }
}

function editRunPage(page: { readonly run: EditedRun }, edit: RunsEdit): { readonly run: EditedRun } {
  const edited = editRun(page.run, edit)
  const run = edit.isStopRequested ? withFields(edited, { isStopRequested: true }) : edited
  return run === page.run ? page : { ...page, run }
}

function editRun(run: EditedRun, { edit, addTags = [], removeTags = [] }: RunsEdit): EditedRun {
  const tags = [...new Set([...(edit.tags ?? run.tags ?? []), ...addTags])].filter((tag) => !removeTags.includes(tag))
  return withFields(run, { ...edit, tags } satisfies RunEdit)
}

interface EditedProject {
  readonly entity: string
  readonly project: string
  readonly tags?: readonly string[]
}

function editProjects(
  list: { readonly projects: readonly EditedProject[] },
  { entity, project, edit }: ProjectEdit,
): { readonly projects: readonly EditedProject[] } {
  if (edit.tags === undefined) return list
  const { tags } = edit
  const projects = list.projects.map((one) =>
    one.entity === entity && one.project === project ? withFields(one, { tags }) : one,
  )
  return projects.every((one, index) => one === list.projects[index]) ? list : { ...list, projects }
}

function editOne(
  page: { readonly project: EditedProject },
  { edit }: ProjectEdit,
): { readonly project: EditedProject } {
  const project = withFields(page.project, edit)
  return project === page.project ? page : { ...page, project }
}

/** The same object where the fields are as they should be. */
function withFields<T extends object>(of: T, fields: object): T {
  const old = of as Readonly<Record<string, unknown>>
  const isSame = Object.entries(fields).every(([key, value]) => JSON.stringify(old[key]) === JSON.stringify(value))
  return isSame ? of : { ...of, ...fields }
}
