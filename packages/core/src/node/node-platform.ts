import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { openRunWriter } from '@lossline/journal'
import type { LateFacts, Platform } from '../platform.ts'
import type { Settings } from '../settings/settings.ts'
import { nodeArtifactFiles } from './artifacts/node-artifact-files.ts'
import { captureConsole } from './console-capture.ts'
import { createRunDirectory, findDataDirectory } from './data-directory.ts'
import { readEnvironment, secretsOf } from './environment.ts'
import { findGitRoot, readGitFacts } from './git.ts'
import { findLocalServerUrl } from './local-server.ts'
import { watchProcessEnd } from './process-end.ts'
import { describeProcess, programPath, readDiskUse } from './process-facts.ts'
import { defaultProjectName } from './project-name.ts'
import { readRequirements } from './requirements.ts'
import { forgetResumeId, readResumeId, writeResumeId } from './resume-file.ts'
import { sendEarlierParts } from './send-earlier-parts.ts'
import { connect } from './server/connect.ts'
import { findStoredApiKey, readSettingsLayers } from './settings-layers.ts'
import { interruptProcess, watchStopFile } from './stop-file.ts'
import { takeAssignment } from './sweep/assigned-run.ts'
import { openTerminal, printLine } from './terminal.ts'

/** The SDK's surroundings in Node. */
export const nodePlatform: Platform = {
  readSettingsLayers,
  takeAssignment,
  findStoredApiKey,
  knownSecrets: () => secretsOf(readEnvironment()),
  findDataDirectory,
  resumeIds: { read: readResumeId, write: writeResumeId, forget: forgetResumeId },
  sendEarlierParts,
  watchStop: watchStopFile,
  interrupt: interruptProcess,
  defaultProjectName: (settings) => defaultProjectName(findGitRoot(), settings.program ?? programPath()),
  createRunPlace({ settings, ...run }) {
    const dataDirectory = findDataDirectory(settings)
    return { dataDirectory, runDirectory: createRunDirectory({ dataDirectory, ...run }) }
  },
  discardRunPlace({ runDirectory }) {
    try {
      rmSync(runDirectory, { recursive: true, force: true })
    } catch {
      // An empty folder is no run, and nobody minds it.
    }
  },
  disabledRunPlace: (runId) => ({
    dataDirectory: tmpdir(),
    runDirectory: join(tmpdir(), `lossline-disabled-${runId}`),
  }),
  openRunWriter,
  artifactFiles: nodeArtifactFiles,
  writeRunFile(runDirectory, name, content) {
    try {
      mkdirSync(dirname(join(runDirectory, name)), { recursive: true })
      writeFileSync(join(runDirectory, name), content)
    } catch {
      // These files repeat what the journal holds, and the journal says what is wrong with the disk.
    }
  },
  processIdentity: () => ({ pid: process.pid, host: hostname() }),
  describeProcess,
  readLateFacts,
  captureConsole,
  watchProcessEnd,
  plannedExitCode: () => Number(process.exitCode ?? 0) || 0,
  findLocalServerUrl,
  connect,
  terminal: openTerminal,
  every(intervalMs, action) {
    const timer = setInterval(action, intervalMs)
    timer.unref()
    return () => clearInterval(timer)
  },
  print: printLine,
  sleep: (delayMs) => sleep(delayMs, undefined, { ref: false }),
}

async function readLateFacts(settings: Settings): Promise<LateFacts> {
  const [git, disk, requirements] = await Promise.all([
    settings.disableMetadata || settings.disableGit ? undefined : findGit(settings),
    settings.disableMetadata ? undefined : readDiskUse(),
    settings.saveRequirements === false ? undefined : readRequirements(process.cwd()),
  ])
  return {
    ...(git === undefined ? {} : { git }),
    ...(disk === undefined ? {} : { disk }),
    ...(requirements === undefined ? {} : { requirements }),
  }
}

async function findGit({ gitRemote = 'origin', gitCommit, gitRemoteUrl }: Settings): Promise<LateFacts['git']> {
  const root = findGitRoot()
  const found = root === undefined ? {} : await readGitFacts(root, gitRemote)
  return {
    ...found,
    ...(gitCommit === undefined ? {} : { commit: gitCommit }),
    ...(gitRemoteUrl === undefined ? {} : { remoteUrl: gitRemoteUrl }),
  }
}
