import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isProcessStillAlive } from '@lossline/journal'
import { isJsonObject, parseJson, stringifyJson } from '@lossline/protocol'
import { host } from '../host.ts'
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
  /** Runs whose agent and program are gone. */
  interrupted(): readonly AssignedRun[]
  /** Takes one of them. @returns whether nobody else was faster. */
  take(runId: string): boolean
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
      host: host,
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
    interrupted: () =>
      listFolders(folder).flatMap((runId) => {
        const path = join(folder, runId, noteName)
        const note = readNote(path)
        if (note === undefined || note.host !== host || note.pids.some((pid) => isProcessStillAlive(pid, note.atMs)))
          return []
        return [note.run]
      }),
    take(runId) {
      const path = join(folder, runId, noteName)
      try {
        // Of several that find it one alone can rename it.
        renameSync(path, `${path}.${process.pid}.taken`)
        rmSync(`${path}.${process.pid}.taken`)
        return true
      } catch {
        return false
      }
    },
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
