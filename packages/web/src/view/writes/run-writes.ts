import type { MetricNoteEdit, RunEdit, RunsChangeRequest } from '@lossline/protocol'
import { archivedTag } from '../runs/archive.ts'
import { formatCount } from '../text/format.ts'
import type { OnlyNow, ProjectFields, Write } from './write.ts'

interface Place {
  readonly entity: string
  readonly project: string
}

/** A change of one run. @param name - What it is called now. */
export function runEditWrite(
  { entity, project }: Place,
  run: { readonly runId: string; readonly name: string },
  edit: RunEdit,
): Omit<Write, 'id'> {
  const { runId } = run
  return {
    what: wordsOfEdit(edit, run.name),
    name: 'PATCH /api/runs/{entity}/{project}/{runId}',
    path: { entity, project, runId },
    body: edit,
    shows: [{ kind: 'runs', entity, project, runIds: [runId], edit }],
  }
}

/** What an edit has done to a run: `Renamed calm-river-3 to best`. @param name - Before it. */
export function doneText({ displayName, notes, tags, color }: RunEdit, name: string): string {
  if (displayName !== undefined) return `Renamed ${name} to ${displayName}`
  if (notes !== undefined) return `Saved the notes of ${name}`
  if (tags !== undefined) return `Changed the tags of ${name}`
  return color === undefined ? `Changed ${name}` : `Coloured ${name}`
}

/** The edit that takes another one back. Undefined: not all of what it changes is known. */
export function fieldsBefore(edit: RunEdit, run: Partial<RunEdit>): RunEdit | undefined {
  const fields = (Object.keys(edit) as (keyof RunEdit)[]).map((key) => [key, run[key]] as const)
  return fields.every(([, value]) => value !== undefined) ? Object.fromEntries(fields) : undefined
}

/**
 * One change of several runs. Which ones a filter finds only the server knows: those that it finds when the change arrives, and
 * nothing shows before. Into the trash they are put now or not at all.
 */
export function runsChangeWrite({ entity, project }: Place, request: RunsChangeRequest): Omit<Write, 'id'> {
  const { of, addTags, removeTags, action, ...edit } = request
  const runIds = 'runIds' in of ? of.runIds : []
  return {
    ...(action === 'trash' && !('runIds' in of) && { onlyNow: trashOfFound }),
    what: wordsOfChange(request, 'runIds' in of ? formatCount(runIds.length, 'run') : allFoundWords(of)),
    name: 'POST /api/projects/{entity}/{project}/runs/change',
    path: { entity, project },
    body: request,
    shows: [
      {
        kind: 'runs',
        entity,
        project,
        runIds,
        edit,
        ...(addTags && { addTags }),
        ...(removeTags && { removeTags }),
        ...(action === 'trash' && { isGone: true }),
        ...(action === 'stop' && { isStopRequested: true }),
      },
    ],
  }
}

/** Somebody agreed to a number. */
const trashOfFound: OnlyNow = {
  advice: 'Other runs may match once it is back: try again then, or choose runs one by one.',
  maybe: 'Some runs may be in the trash.',
}

/** The runs that a change is about whose ids only the server knows. */
export function allFoundWords(of: RunsChangeRequest['of']): string {
  return 'filter' in of && of.filter !== undefined ? 'all runs that match' : 'all runs'
}

/** Puts runs into another project of their entity; they leave the lists of this one. */
export function runsMoveWrite(
  { entity, project }: Place,
  runIds: readonly string[],
  target: string,
): Omit<Write, 'id'> {
  return {
    what: `move ${formatCount(runIds.length, 'run')} to ${target}`,
    name: 'POST /api/projects/{entity}/{project}/runs/move',
    path: { entity, project },
    body: { runIds, to: { project: target } },
    shows: [
      { kind: 'runs', entity, project, runIds, edit: {}, isGone: true },
      { kind: 'later', entity, project: target, in: ['runs', 'run', 'project'] },
    ],
  }
}

/** Asks the program of a run to end. */
export function runStopWrite(
  { entity, project }: Place,
  { runId, name }: { readonly runId: string; readonly name: string },
): Omit<Write, 'id'> {
  return {
    what: `ask ${name} to stop`,
    name: 'POST /api/runs/{entity}/{project}/{runId}/stop',
    path: { entity, project, runId },
    body: undefined,
    shows: [{ kind: 'runs', entity, project, runIds: [runId], edit: {}, isStopRequested: true }],
  }
}

/** Whether a change asks this run to stop, alone or with others. */
export function isStopOf({ shows }: Write, run: Place & { readonly runId: string }): boolean {
  return shows.some(
    (edit) =>
      edit.kind === 'runs' &&
      edit.isStopRequested &&
      edit.entity === run.entity &&
      edit.project === run.project &&
      edit.runIds.includes(run.runId),
  )
}

/** Says something of a metric for everybody in a project. */
export function metricNoteWrite({ entity, project }: Place, edit: MetricNoteEdit): Omit<Write, 'id'> {
  return {
    what: `save what is said of ${edit.metric}`,
    name: 'PATCH /api/projects/{entity}/{project}/metric-notes',
    path: { entity, project },
    body: edit,
    shows: [{ kind: 'later', entity, project, in: ['metrics', 'metric-note'] }],
  }
}

/** A change of a project itself. */
export function projectEditWrite({ entity, project }: Place, edit: ProjectFields): Omit<Write, 'id'> {
  const field = edit.protectedAliases ? 'protected aliases' : edit.tags ? 'tags' : 'description'
  return {
    what: `save the ${field} of ${project}`,
    name: 'PATCH /api/projects/{entity}/{project}',
    path: { entity, project },
    body: edit,
    shows: [{ kind: 'project', entity, project, edit }],
  }
}

function wordsOfEdit({ displayName, notes, tags, color }: RunEdit, name: string): string {
  if (displayName !== undefined) return `rename ${name} to ${displayName}`
  if (notes !== undefined) return `save the notes of ${name}`
  if (tags !== undefined) return `change the tags of ${name}`
  return color === undefined ? `change ${name}` : `colour ${name}`
}

function wordsOfChange({ action, addTags = [], removeTags = [], color }: RunsChangeRequest, runs: string): string {
  if (action === 'trash') return `move ${runs} to trash`
  if (action !== undefined) return `${action} ${runs}`
  if (addTags.includes(archivedTag)) return `archive ${runs}`
  if (removeTags.includes(archivedTag)) return `take ${runs} out of the archive`
  if (addTags.length > 0) return `tag ${runs} ${addTags.join(', ')}`
  if (removeTags.length > 0) return `take ${removeTags.join(', ')} off ${runs}`
  return color === undefined ? `change ${runs}` : `colour ${runs}`
}
