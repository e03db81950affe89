import type { RunRecord, WandbRecordBody } from '@lossline/protocol'

/**
 * A record with its texts passed through a function. What says where something is stays, since another text there would lose
 * it: names and paths of files, and the run's id, project, entity and the like.
 */
export function mapTexts(body: WandbRecordBody, change: (text: string) => string): WandbRecordBody {
  switch (body.kind) {
    case 'files':
    case 'useArtifact':
      return body
    case 'artifact': {
      const { description, metadata, ...rest } = body.artifact
      return {
        ...body,
        artifact: {
          ...rest,
          ...(description === undefined ? {} : { description: change(description) }),
          ...(metadata === undefined ? {} : { metadata: change(metadata) }),
        },
      }
    }
    case 'run':
      return { ...body, run: mapRunTexts(body.run, change) }
    default:
      // The shape is kept: only texts become other texts.
      return mapValue(body, change) as WandbRecordBody
  }
}

/** As {@link mapTexts}, for a run. */
export function mapRunTexts(run: RunRecord, change: (text: string) => string): RunRecord {
  const { displayName, notes, tags, git, config } = run
  return {
    ...run,
    ...(displayName === undefined ? {} : { displayName: change(displayName) }),
    ...(notes === undefined ? {} : { notes: change(notes) }),
    ...(tags === undefined ? {} : { tags: tags.map(change) }),
    // The shapes are kept: only texts become other texts.
    ...(git === undefined ? {} : { git: mapValue(git, change) as typeof git }),
    ...(config === undefined ? {} : { config: mapValue(config, change) as typeof config }),
  }
}

function mapValue(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((element) => mapValue(element, change))
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  // Keys hold no texts of the program, except in maps such as `slurm`, whose names are not secret.
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, key === 'kind' ? member : mapValue(member, change)]),
  )
}
