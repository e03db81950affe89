import type { AlertLevel } from '@lossline/store'
import { deleteArtifactsOfRun } from '../domain/artifacts/lineage.ts'
import { ServerError } from '../errors.ts'
import { createAccountMutations } from './accounts/account-mutations.ts'
import { createAccountQueries } from './accounts/account-queries.ts'
import { createArtifactMutations } from './artifacts/artifact-mutations.ts'
import { createArtifactQueries } from './artifacts/artifact-queries.ts'
import type { WandbContext, WandbServices, WireObject } from './context.ts'
import { createCustomChartMutations } from './custom-chart-mutations.ts'
import { createProjectRoot } from './project-root.ts'
import { createSavedViews } from './saved-views.ts'
import { parseStorageId } from './storage-id.ts'
import { createSweepAgentMutations } from './sweep-agent-mutations.ts'
import { createSweepMutations } from './sweep-mutations.ts'
import { type UpsertBucketInput, upsertBucket } from './upsert-bucket.ts'
import { parseFileId, toWireFile } from './wire-files.ts'
import { toWireRun } from './wire-run.ts'
import { toWireServerInfo } from './wire-server-info.ts'

type Input<T> = { readonly input: T }
interface RunFilesInput {
  readonly entityName: string
  readonly projectName: string
  readonly runName: string
  readonly files: readonly string[]
}
interface AlertInput extends Omit<RunFilesInput, 'files'> {
  readonly title: string
  readonly text: string
  readonly severity?: string | null
  /** Milliseconds. */
  readonly waitDuration?: number | string | null
}
interface RewindInput {
  readonly runName: string
  readonly entityName?: string | null
  readonly projectName?: string | null
  readonly metricName: string
  readonly metricValue: number
}

/** W&B's client leaves the wait out only where it means this. */
const alertQuietMsDefault = 60_000

const done = { success: true }

/** The fields of Query and Mutation. Missing projects and runs are null in queries, errors in mutations. */
export function createRootValue(services: WandbServices): WireObject {
  const { runs, files } = services

  const runOrThrow = async (names: Omit<RunFilesInput, 'files'>) => {
    const at = { entity: names.entityName, project: names.projectName, runId: names.runName }
    const run = await runs.find(at)
    if (run !== undefined) return run
    throw new ServerError({ code: 'not-found', message: `No run "${at.runId}" in ${at.entity}/${at.project}.` })
  }

  return {
    serverInfo: () => toWireServerInfo(services.version),
    ...createProjectRoot(services),
    ...createAccountQueries(services),
    ...createAccountMutations(services),
    ...createArtifactQueries(services, services.artifactWire),
    ...createArtifactMutations(services, services.artifactWire),
    ...createSavedViews(services),
    ...createCustomChartMutations(services),
    ...createSweepMutations(services),
    ...createSweepAgentMutations(services),

    upsertBucket: (args: Input<UpsertBucketInput>, context: WandbContext) =>
      upsertBucket(args.input, services, context),
    updateRunState: async (args: Input<{ id: string; state: string }>) => {
      await runs.setState(parseStorageId(args.input.id), args.input.state)
      return done
    },
    stopRun: async (args: Input<{ id: string }>) => {
      await runs.requestStop(parseStorageId(args.input.id))
      return done
    },
    rewindRun: async (args: Input<RewindInput>, context: WandbContext) => {
      const { runName, entityName, projectName, metricName, metricValue } = args.input
      if (metricName !== '_step') {
        throw new ServerError({
          code: 'invalid-request',
          message: `A run is taken back to a _step, not a ${metricName}.`,
        })
      }
      const entity = entityName || context.identity.defaultEntity
      const run = await runs.find({ entity, project: projectName ?? '', runId: runName })
      // The client says then that the run was not found.
      if (run === undefined) return { rewoundRun: null }
      return { rewoundRun: toWireRun(await runs.rewind(run, metricValue, context.writer), services) }
    },
    deleteRun: async (args: Input<{ id: string; deleteArtifacts?: boolean | null }>) => {
      const run = parseStorageId(args.input.id)
      if (args.input.deleteArtifacts) await deleteArtifactsOfRun(services.artifacts, run)
      await runs.trash.put(run)
      return done
    },
    // The client takes one entry for each name, in order, and no headers for granted.
    createRunFiles: async (args: Input<RunFilesInput>, context: WandbContext) => {
      const run = await runOrThrow(args.input)
      await services.requireWrite({ run: run.id })
      const slots = args.input.files.map((name) => toWireFile(run, name, undefined, services, context))
      return { runID: String(run.id), uploadHeaders: [], files: slots }
    },
    // A file is registered when its content arrives.
    markRunFilesUploaded: () => done,
    deleteFiles: async (args: Input<{ files: readonly string[] }>) => {
      const named = args.input.files.map(parseFileId)
      for (const run of new Set(named.map((file) => file.run))) {
        if ((await runs.findById(run)) !== undefined) continue
        throw new ServerError({ code: 'not-found', message: 'The run of this file is gone.' })
      }
      for (const { run, name } of named) await files.remove(run, name)
      return done
    },
    notifyScriptableRunAlert: async (args: Input<AlertInput>) => {
      const run = await runOrThrow(args.input)
      const { title, text, severity, waitDuration } = args.input
      const quietMs = Number(waitDuration ?? alertQuietMsDefault)
      const level = toAlertLevel(severity)
      await runs.alert(run, { title, text, level, quietMs: Number.isFinite(quietMs) ? quietMs : alertQuietMsDefault })
      return done
    },
  }
}

function toAlertLevel(severity: string | null | undefined): AlertLevel {
  if (severity === 'WARN') return 'warn'
  return severity === 'ERROR' ? 'error' : 'info'
}
