import type { RunArtifactsResponse, RunDetail, RunFilesResponse } from '@lossline/protocol'
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { runArtifactsQuery } from '../../api/artifact-queries.ts'
import { runFilesQuery } from '../../api/media-queries.ts'
import { textQuery } from '../../api/text-query.ts'
import type { ComparedRun } from '../../view/compare/compare-runs.ts'
import { useStableList } from '../use-stable-list.ts'

/** A longer list of packages is no list of packages. */
const requirementsBytesMax = 1_000_000

/** Runs with their files, packages and artifacts, as these come. */
export function useComparedRuns(runs: readonly RunDetail[]): {
  readonly runs: readonly ComparedRun[]
  readonly error: Error | undefined
} {
  const places = runs.map(({ entity, project, runId }) => ({ entity, project, runId }))
  const fileAnswers = useQueries({ queries: places.map((at) => runFilesQuery(at)) })
  const artifactAnswers = useQueries({ queries: places.map((at) => runArtifactsQuery(at)) })
  const files = useStableList(fileAnswers.map(({ data }) => data as RunFilesResponse | undefined))
  const artifacts = useStableList(artifactAnswers.map(({ data }) => data as RunArtifactsResponse | undefined))
  const textAnswers = useQueries({
    queries: files.map((found) => {
      const file = found?.files.find(({ name }) => name === 'requirements.txt')
      const isAsked = file !== undefined && file.sizeBytes <= requirementsBytesMax
      return { ...textQuery(file?.url ?? ''), enabled: isAsked }
    }),
  })
  const requirements = useStableList(textAnswers.map(({ data }) => data as string | undefined))
  const compared = useMemo(
    () =>
      runs.map((run, index) => ({
        run,
        files: files[index]?.files,
        artifacts: artifacts[index],
        requirements: requirements[index],
      })),
    [runs, files, artifacts, requirements],
  )
  const failed = [...fileAnswers, ...artifactAnswers, ...textAnswers].find(({ error }) => error !== null)
  return { runs: compared, error: failed?.error ?? undefined }
}
