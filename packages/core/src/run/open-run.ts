import type { JournalProblem, OpenRunWriterOptions, SenderTarget } from '@lossline/journal'
import { type EnvironmentRecord, generateDisplayName, generateRunId } from '@lossline/protocol'
import { type ConfigTree, createConfigTree } from '../config/config-tree.ts'
import { RunDirectoryError } from '../errors.ts'
import type { Platform, RunPlace } from '../platform.ts'
import { mapRunTexts } from '../redaction/redact-record.ts'
import { createRedactingWriter } from '../redaction/redacting-writer.ts'
import { createRedactor, type Redactor } from '../redaction/redaction.ts'
import { chooseDestination, type Destination } from '../settings/choose-destination.ts'
import type { Settings } from '../settings/settings.ts'
import { createSkippedValues, type SkippedValues } from '../values/skipped-values.ts'
import { version } from '../version.ts'
import { createDisabledWriter } from './disabled-writer.ts'
import { recordLateFacts } from './late-facts.ts'
import { LoggedRun } from './logged-run.ts'
import type { Run } from './run.ts'
import { createRunConnection } from './run-connection.ts'
import { createMessenger, joinHint, type Messenger, type Verbosity } from './run-messages.ts'
import { type RunFacts, toInitialConfig, toRunRecord, toTelemetry, toTimestamp } from './run-records.ts'
import { findRunUrl } from './run-url.ts'
import { redactSurroundings } from './surroundings.ts'
import { toSystemMetrics } from './system-metrics.ts'

/** What is decided about a run before anything of it exists. */
interface Plan {
  readonly settings: Settings
  readonly destination: Destination
  readonly config: ConfigTree
  readonly hasConfig: boolean
  readonly redactor: Redactor
  readonly skipped: SkippedValues
  readonly messenger: Messenger
  readonly surroundings: EnvironmentRecord
  readonly facts: RunFacts
}

const defaultFinishTimeoutMs = 60_000

/** Makes the folder, opens the journal, writes the first records, and starts to watch the process. */
export async function openRun<Config extends object>(
  platform: Platform,
  settings: Settings,
  config: Config | undefined,
): Promise<Run<Config>> {
  const plan = makePlan(platform, settings, config)
  const { destination, facts, redactor, messenger, skipped } = plan
  const isDisabled = destination.mode === 'disabled'
  const place = makePlace(platform, plan)
  // Looked up while the writer starts, so that most of it is there when the training begins.
  const lateFacts = isDisabled ? undefined : platform.readLateFacts(settings)
  // The run does not exist yet when its writer opens, and nothing starves before.
  let opened: LoggedRun<Config> | undefined
  const onEventLoop = (state: 'stuck' | 'turning'): void => opened?.noteEventLoop(state)
  const writer = isDisabled
    ? createDisabledWriter(place.runDirectory)
    : createRedactingWriter(
        await platform.openRunWriter({
          ...toWriterOptions(plan, place, onEventLoop),
          ...toSystemMetrics(settings),
          onEnvironment: (environment) => opened?.noteEnvironment(environment),
          onSendingProgress: (progress) => opened?.noteSending(progress),
        }),
        redactor,
      )

  const verbosity = verbosityOf(settings)
  const run = new LoggedRun<Config>({
    platform: {
      ...platform,
      writeRunFile: (directory, name, content) =>
        platform.writeRunFile(directory, name, redactor.known(content, name.replace(/^files\//, ''))),
    },
    writer,
    facts,
    config: plan.config,
    redactor,
    messenger,
    quietMessenger: createMessenger(platform.print, verbosity === 'nothing' ? 'nothing' : 'warnings'),
    skipped,
    mode: destination.mode,
    directory: place.runDirectory,
    connection: createRunConnection(platform, destination, place.dataDirectory),
    allowValChange: settings.allowValChange ?? false,
    finishTimeoutMs: settings.finishTimeoutMs ?? defaultFinishTimeoutMs,
    isConsoleCaptured: settings.console !== 'off',
    findUrl: () => findRunUrl(destination, facts, () => platform.findLocalServerUrl(place.dataDirectory)),
  })
  opened = run
  if (isDisabled) return run

  run.record({ kind: 'environment', environment: plan.surroundings })
  run.recordRedactions()
  if (lateFacts !== undefined) {
    run.expectFacts(lateFacts.then((found) => recordLateFacts(run, found, { platform, redactor, settings })))
  }
  run.attach()
  messenger.info(`run ${facts.name} (${facts.id}) is written to ${place.runDirectory}`)
  if (run.url !== undefined) messenger.info(`it is shown at ${run.url}`)
  const resumeVariable = platform.resumeVariable()
  if (resumeVariable !== undefined) {
    messenger.warn(`${resumeVariable} is set, but resuming a run is not supported yet: this is a new run.`)
  }
  return run
}

function makePlan(platform: Platform, settings: Settings, config: object | undefined): Plan {
  const destination = chooseDestination(settings, platform.findStoredApiKey)
  const apiKey = destination.mode === 'online' ? destination.apiKey : settings.apiKey
  const redactor = createRedactor([...platform.knownSecrets(), ...(apiKey === undefined ? [] : [apiKey])])
  const messenger = createMessenger(platform.print, verbosityOf(settings))
  const startedAt = new Date()
  const hasMetadata = destination.mode !== 'disabled' && settings.disableMetadata !== true
  const surroundings = hasMetadata ? redactSurroundings(platform.describeProcess(settings), redactor) : {}
  return {
    settings,
    destination,
    // Copied and checked before anything exists on disk that wrong use would leave behind.
    config: createConfigTree(config ?? {}),
    hasConfig: config !== undefined,
    redactor,
    skipped: createSkippedValues(messenger.warn),
    messenger,
    surroundings: { ...surroundings, startedAt: toTimestamp(startedAt) },
    facts: {
      id: settings.id ?? generateRunId(),
      project: settings.project ?? platform.defaultProjectName(settings),
      entity: settings.entity,
      group: settings.group,
      jobType: settings.jobType,
      sweepId: settings.sweepId,
      host: surroundings.host,
      startedAt,
      name: settings.name ?? generateDisplayName(),
      notes: settings.notes,
      tags: Object.freeze([...(settings.tags ?? [])]),
      git: undefined,
    },
  }
}

function makePlace(platform: Platform, { settings, destination, facts }: Plan): RunPlace {
  if (destination.mode === 'disabled') return platform.disabledRunPlace(facts.id)
  try {
    const place = platform.createRunPlace({
      settings,
      runId: facts.id,
      startedAt: facts.startedAt,
      isOffline: destination.mode === 'offline',
    })
    const identity = { ...platform.processIdentity(), startedAtMs: facts.startedAt.getTime() }
    platform.writeRunFile(place.runDirectory, 'process.json', `${JSON.stringify(identity)}\n`)
    return place
  } catch (cause) {
    throw new RunDirectoryError(settings.dataDir ?? settings.dir ?? '.', cause)
  }
}

function toWriterOptions(
  plan: Plan,
  place: RunPlace,
  onEventLoop: (state: 'stuck' | 'turning') => void,
): OpenRunWriterOptions {
  const { settings, destination, facts } = plan
  return {
    runDirectory: place.runDirectory,
    producer: `lossline/${version}`,
    eventLoop: { onStarved: () => onEventLoop('stuck'), onTurn: () => onEventLoop('turning') },
    run: mapRunTexts(
      {
        ...toRunRecord(facts),
        config: toInitialConfig(plan.config, plan.redactor, plan.skipped.count),
        telemetry: toTelemetry(settings, plan.hasConfig),
      },
      (text) => plan.redactor.known(text, 'run'),
    ),
    ...(settings.durability === undefined ? {} : { durability: settings.durability }),
    ...(destination.mode === 'online' ? { target: toTarget(destination, facts, settings.ignoreGlobs) } : {}),
    onProblem: createProblemReporter(plan.messenger),
  }
}

function toTarget(
  destination: Destination & { mode: 'online' },
  facts: RunFacts,
  ignoreGlobs: readonly string[] | undefined,
): SenderTarget {
  return {
    baseUrl: destination.baseUrl,
    project: facts.project,
    ...(destination.apiKey === undefined ? {} : { apiKey: destination.apiKey }),
    ...(facts.entity === undefined ? {} : { entity: facts.entity }),
    ...(ignoreGlobs === undefined ? {} : { ignoreGlobs }),
  }
}

/** Says each kind of problem once; the end of the run says what became of it. */
function createProblemReporter(messenger: Messenger): (problem: JournalProblem) => void {
  const said = new Set<string>()
  return ({ reason, message, hint }) => {
    if (said.has(reason)) return
    said.add(reason)
    messenger.warn(joinHint(message, hint))
  }
}

function verbosityOf({ silent, quiet }: Settings): Verbosity {
  if (silent) return 'nothing'
  return quiet ? 'warnings' : 'all'
}
