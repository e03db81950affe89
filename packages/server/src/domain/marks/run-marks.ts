import type { RunMark, RunMarkPlace, SeriesX } from '@lossline/protocol'
import type { ArtifactRow, RunRow, StateChangeRow, Store } from '@lossline/store'
import { automaticTypes } from '../artifacts/automatic-types.ts'
import { readBranchPoint } from '../branch-point.ts'
import { hasEnded } from '../run-state.ts'
import { xOrigin } from '../series/points-query.ts'
import { createPlaceOnAxis, stepAtTime, timeAfterStep } from './places.ts'

/** What happened in a run. */
export interface MarksOfRun {
  /** In the order in which it happened. */
  readonly marks: readonly RunMark[]
  /** Earlier ones that are not told. */
  readonly omittedCount: number
}

export const noMarks: MarksOfRun = { marks: [], omittedCount: 0 }

/** Of versions, of alerts, and of ends and resumptions each, the newest ones. */
const countMax = 100

/** What happened in a run, and where that is on an axis. */
export async function marksOfRun(store: Store, run: RunRow, x: SeriesX): Promise<MarksOfRun> {
  const placeOnAxis = createPlaceOnAxis(store, run, x)
  const placeOf = async (atMs: number | undefined, knownStep?: number): Promise<RunMarkPlace> => {
    const found = knownStep ?? (atMs === undefined ? undefined : await stepAtTime(store, run, atMs))
    const step = found === -1 ? undefined : found
    const isTime = (x.kind === 'wall' || x.kind === 'relative-wall') && atMs !== undefined
    const place = isTime ? atMs / 1000 - xOrigin(x, run) : step === undefined ? undefined : await placeOnAxis(step)
    return { atMs: atMs ?? null, step: step ?? null, x: place ?? null }
  }
  const marks: RunMark[] = []
  const branch = readBranchPoint(run.config)
  if (branch !== undefined) {
    marks.push({ kind: 'forked', fromRunId: branch.runId, ...(await placeOf(undefined, branch.step)) })
  }
  const changes = await store.stateChanges(run.id)
  const turns = changes.filter(isEndOrResumption)
  for (const change of turns.slice(-countMax)) {
    const { atMs, state, cause } = change
    // Rows may say a later time than the server's clock, or have been there for long when it heard of the change: where it is known
    // how far the run was, times decide nothing. The last end has all rows before it.
    const isLastEnd = change === changes.at(-1) && isOver(state)
    const knownStep = (isLastEnd ? run.lastStep : undefined) ?? change.lastStep ?? undefined
    if (isOver(state)) {
      marks.push({ kind: 'ended', state, cause, ...(await placeOf(atMs, knownStep)) })
      continue
    }
    // A folder that is read late says itself when its rows were logged; nothing goes on before it has ended.
    const endedAtMs = changes[changes.indexOf(change) - 1]?.atMs ?? Number.NEGATIVE_INFINITY
    const rowAtMs = change.lastStep === null ? undefined : await timeAfterStep(store, run, change.lastStep)
    const wentOnAtMs = Math.max(endedAtMs, Math.min(atMs, rowAtMs ?? atMs))
    marks.push({ kind: 'resumed', ...(await placeOf(wentOnAtMs, knownStep)) })
  }
  const versions = await versionsOf(store, run)
  for (const version of versions.marks) {
    const { artifact, ...what } = version
    const place = await placeOf(artifact.createdAtMs, artifact.historyStep)
    marks.push({ kind: 'artifact', artifactId: artifact.id, ...what, ...place })
  }
  const alerts = await store.alerts({ run: run.id, limit: countMax })
  const alertCount = await store.countAlerts(run.id)
  for (const { level, title, text, createdAtMs } of alerts) {
    marks.push({ kind: 'alert', level, title, text, ...(await placeOf(createdAtMs)) })
  }
  return {
    marks: marks.toSorted((a, b) => orderOf(a) - orderOf(b)),
    omittedCount:
      versions.omittedCount + Math.max(0, turns.length - countMax) + Math.max(0, alertCount - alerts.length),
  }
}

/** Where it is not known when something happened, it was before everything else. */
function orderOf({ atMs }: RunMarkPlace): number {
  return atMs ?? Number.NEGATIVE_INFINITY
}

function isEndOrResumption({ state }: StateChangeRow, index: number, changes: readonly StateChangeRow[]): boolean {
  const before = changes[index - 1]
  return isOver(state) || (state === 'running' && before !== undefined && isOver(before.state))
}

/** A crashed run is one that may still be heard of. */
function isOver(state: RunRow['state']): boolean {
  return hasEnded(state) || state === 'crashed'
}

interface VersionsOfRun {
  readonly marks: readonly {
    readonly artifact: ArtifactRow
    readonly type: string
    readonly collection: string
    readonly version: string
    readonly aliases: readonly string[]
  }[]
  readonly omittedCount: number
}

/** The newest versions that a run made, without those that clients make by themselves. */
async function versionsOf({ artifacts: reads }: Store, run: RunRow): Promise<VersionsOfRun> {
  const query = { run: run.id, direction: 'output', exceptTypes: [...automaticTypes] } as const
  const { total } = await reads.artifactsOfRun({ ...query, limit: 1 })
  const offset = Math.max(0, total - countMax)
  const { artifacts } = await reads.artifactsOfRun({ ...query, offset, limit: countMax })
  const marks: VersionsOfRun['marks'][number][] = []
  for (const artifact of artifacts) {
    const collection = await reads.collectionById(artifact.sequence)
    const membership = await reads.membership({ collection: artifact.sequence, artifact: artifact.id })
    if (collection === undefined || membership === undefined) continue
    const aliases = await reads.aliases({ collection: collection.id, artifact: artifact.id })
    marks.push({
      artifact,
      type: collection.type,
      collection: collection.name,
      version: `v${membership.versionIndex}`,
      aliases: aliases.flatMap(({ alias }) => (alias === 'latest' ? [] : alias)),
    })
  }
  return { marks, omittedCount: offset }
}
