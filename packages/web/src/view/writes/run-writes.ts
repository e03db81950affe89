import type { RunEdit, RunsChangeRequest } from '@lossline/protocol'
import { archivedTag } from '../runs/archive.ts'
import { formatCount } from '../text/format.ts'
import type { ProjectFields, Write } from './write.ts'

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

/** One change of several runs. */
export function runsChangeWrite(
  { entity, project }: Place,
  request: RunsChangeRequest & { readonly of: { readonly runIds: readonly string[] } },
): Omit<Write, 'id'> {
  const { of, addTags, removeTags, action, ...edit } = request
  const { runIds } = of
  return {
    what: wordsOfChange(request, formatCount(runIds.length, 'run')),
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
      },
    ],
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
