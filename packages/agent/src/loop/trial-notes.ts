import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isProcessStillAlive } from '@lossline/journal'
import { isJsonObject, parseJson, stringifyJson } from '@lossline/protocol'
import type { AssignedRun } from './trial.ts'

/**
 * What agents of this machine work at, in a folder of the sweep: a file for each trial that is there as long as the trial is at work.
 * Whoever finds one whose processes are gone goes on with that run.
 */
export interface TrialNotes {
  /** Folder for files of a trial; it is made. */
  folderOf(runId: string): string
  begin(run: AssignedRun): void
  /** The program is a process of its own. */
  setProgram(run: AssignedRun, pid: number): void
  end(runId: string): void
  /** Takes runs whose agent and program are gone; nobody else finds them then. */
  takeInterrupted(): readonly AssignedRun[]
}

const noteName = 'trial.json'

/** @param folder - Of the sweep, for files of its trials. */
export function openTrialNotes(folder: string): TrialNotes {
  const folderOf = (runId: string): string => {
    const path = join(folder, runId)
    mkdirSync(path, { recursive: true })
    return path
  }
  const write = (run: AssignedRun, programPid: number | null): void => {
    const path = join(folderOf(run.runId), noteName)
    const note = {
      runId: run.runId,
      settings: run.settings,
      host: hostname(),
      agentPid: process.pid,
      programPid,
      atMs: Date.now(),
    }
    writeFileSync(`${path}.${process.pid}.tmp`, stringifyJson(note))
    renameSync(`${path}.${process.pid}.tmp`, path)
  }
  return {
    folderOf,
    begin: (run) => write(run, null),
    setProgram: write,
    end: (runId) => rmSync(join(folder, runId, noteName), { force: true }),
    takeInterrupted: () =>
      listFolders(folder).flatMap((runId) => {
        const path = join(folder, runId, noteName)
        const note = readNote(path)
        if (
          note === undefined ||
          note.host !== hostname() ||
          note.pids.some((pid) => isProcessStillAlive(pid, note.atMs))
        )
          return []
        try {
          // Of several that find it one alone can rename it.
          renameSync(path, `${path}.${process.pid}.taken`)
          rmSync(`${path}.${process.pid}.taken`)
        } catch {
          return []
        }
        return [note.run]
      }),
  }
}

function readNote(path: string) {
  try {
    const note = parseJson(readFileSync(path, 'utf8'))
    if (!isJsonObject(note)) return undefined
    const { runId, settings, host, agentPid, programPid, atMs } = note
    if (typeof runId !== 'string' || typeof atMs !== 'number' || !isJsonObject(settings ?? null)) return undefined
    const run: AssignedRun = { runId, settings: settings as AssignedRun['settings'], isResumed: true }
    return { run, host, atMs, pids: [agentPid, programPid].filter((pid) => typeof pid === 'number') }
  } catch {
    return undefined
  }
}

function listFolders(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
