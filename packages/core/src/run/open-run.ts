import type { JournalProblem, OpenRunWriterOptions } from '@lossline/journal'
import {
  type ConfigItem,
  type EnvironmentRecord,
  generateDisplayName,
  generateRunId,
  joinHint,
} from '@lossline/protocol'
import type { ConfigTree } from '../config/config-tree.ts'
import { RunDirectoryError } from '../errors.ts'
import { type SharedWriter, toSharedWriter } from '../life/shared-writer.ts'
import { createStopRequest } from '../life/stop-request.ts'
import type { Platform, RunPlace } from '../platform.ts'
import { mapRunTexts } from '../redaction/redact-record.ts'
import { createRedactingWriter } from '../redaction/redacting-writer.ts'
import { createRedactor, type Redactor } from '../redaction/redaction.ts'
import { parseRunStep } from '../resume/branch.ts'
import { toEarlierMetrics } from '../resume/earlier-metrics.ts'
import { earlierOf, toOriginFacts, toOriginItems } from '../resume/origin-facts.ts'
import { findOrigin, type RunOrigin } from '../resume/run-origin.ts'
import { chooseDestination, type Destination } from '../settings/choose-destination.ts'
import { resolveSettings } from '../settings/resolve-settings.ts'
import type { Settings } from '../settings/settings.ts'
import { toSenderTarget } from '../settings/to-sender-target.ts'
import { createAssignedConfig } from '../sweep/assigned-config.ts'
import type { SweepAssignment } from '../sweep/assignment.ts'
import { watchStop } from '../sweep/watch-stop.ts'
import { createSkippedValues, type SkippedValues } from '../values/skipped-values.ts'
import { version } from '../version.ts'
import { createDisabledWriter } from './disabled-writer.ts'
import { recordLateFacts } from './late-facts.ts'
import { LoggedRun } from './logged-run.ts'
import type { Run } from './run.ts'
import { createRunConnection } from './run-connection.ts'
import { createMessenger, type Messenger, type Verbosity } from './run-messages.ts'
import { createRunPage } from './run-page.ts'
import {
  type RunFacts,
  toInitialConfig,
  toInternalConfig,
  toRunRecord,
  toTelemetry,
  toTimestamp,
} from './run-records.ts'
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
  readonly origin: RunOrigin
  /** Made already where a server has changed the run. */
  readonly place: RunPlace | undefined
  readonly shared: SharedWriter | undefined
}

/** What a run is started with besides settings. */
export interface RunStart<Config extends object> {
  readonly config: Config | undefined
  readonly onStop: (() => void) | undefined
  /** What a sweep decides of it. */
  readonly assignment: SweepAssignment | undefined
  /** Names of settings that the program gives and the sweep decides. */
  readonly overruled: readonly string[]
}

const defaultFinishTimeoutMs = 60_000

/** Makes the folder, opens the journal, writes the first records, and starts to watch the process. */
export async function openRun<Config extends object>(
  platform: Platform,
  settings: Settings,
  start: RunStart<Config>,
): Promise<Run<Config>> {
  const plan = await makePlan(platform, settings, start)
  const { destination, facts, redactor, messenger, skipped } = plan
  const isDisabled = destination.mode === 'disabled'
  const place =
    plan.place ?? makePlace(platform, { settings, destination, runId: facts.id, startedAt: facts.startedAt })
  // Looked up while the writer starts, so that most of it is there when the training begins.
  const lateFacts = isDisabled ? undefined : platform.readLateFacts(settings)
  // The run does not exist yet when its writer opens, and nothing starves before.
  let opened: LoggedRun<Config> | undefined
  const onEventLoop = (state: 'stuck' | 'turning'): void => opened?.noteEventLoop(state)
  const page = createRunPage({
    destination,
    facts,
    runDirectory: place.runDirectory,
    otherDataDirectory: place.dataDirectory === commandsDataDirectory(platform) ? undefined : place.dataDirectory,
    findLocalServerUrl: () => platform.findLocalServerUrl(place.dataDirectory),
  })
  const writer = isDisabled
    ? createDisabledWriter(place.runDirectory)
    : createRedactingWriter(
        await platform.openRunWriter({
          ...toWriterOptions(plan, place, onEventLoop),
          ...toSystemMetrics(settings, plan.shared?.label),
          onEnvironment: (environment) => opened?.noteEnvironment(environment),
          onAnnounced(address) {
            const line = page.acknowledge(address)
            // At the end it is said anyhow.
            if (opened?.isFinished === false) messenger.info(line)
          },
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
    quietMessenger: createMessenger(printOf(platform, redactor), verbosity === 'nothing' ? 'nothing' : 'warnings'),
    skipped,
    mode: destination.mode,
    directory: place.runDirectory,
    shared: plan.shared,
    openStopRequest: () =>
      createStopRequest({
        watch: (onWanted) =>
          watchStop((wanted) => platform.watchStop(place.runDirectory, wanted), start.assignment?.trial, onWanted),
        onStop: start.onStop,
        interrupt() {
          if (start.assignment?.trial !== undefined) return run.interrupt()
          messenger.warn(
            'A user has stopped the run: the program ends as with Ctrl-C. Pass onStop to init() to end it in its own way.',
          )
          platform.interrupt()
        },
        warn: messenger.warn,
      }),
    forgetResume: () => platform.resumeIds.forget(place.dataDirectory, facts.id),
    connection: createRunConnection(platform, destination, place.dataDirectory),
    allowValChange: settings.allowValChange ?? false,
    isStrict: settings.strict ?? false,
    earlierSummary: earlierOf(plan.origin)?.summary,
    finishTimeoutMs: settings.finishTimeoutMs ?? defaultFinishTimeoutMs,
    isConsoleCaptured: settings.console !== 'off',
    page,
  })
  opened = run
  if (isDisabled) return run

  const earlier = earlierOf(plan.origin)
  if (earlier !== undefined) writer.restore(toEarlierMetrics(earlier))
  if (settings.resume === 'auto') platform.resumeIds.write(place.dataDirectory, facts.id)
  run.record({ kind: 'environment', environment: plan.surroundings })
  run.recordRedactions()
  if (lateFacts !== undefined) {
    run.expectFacts(lateFacts.then((found) => recordLateFacts(run, found, { platform, redactor, settings })))
  }
  run.takeConfigArtifacts()
  run.attach()
  messenger.info(describeStart(facts, place.runDirectory))
  if (page.startLine !== undefined) messenger.info(page.startLine)
  start.assignment?.trial?.onRun(run as Run<object>)
  return run
}

async function makePlan(
  platform: Platform,
  settings: Settings,
  { config, assignment, overruled }: RunStart<object>,
): Promise<Plan> {
  const destination = chooseDestination(settings, platform.findStoredApiKey)
  const apiKey = destination.mode === 'online' ? destination.apiKey : settings.apiKey
  const redactor = createRedactor([...platform.knownSecrets(), ...(apiKey === undefined ? [] : [apiKey])])
  const messenger = createMessenger(printOf(platform, redactor), verbosityOf(settings))
  const startedAt = new Date()
  const hasMetadata = destination.mode !== 'disabled' && settings.disableMetadata !== true
  const surroundings = hasMetadata ? redactSurroundings(platform.describeProcess(settings), redactor) : {}
  // Copied and checked before anything is asked or exists on disk that wrong use would leave behind.
  const assigned = createAssignedConfig(assignment, overruled, messenger.warn)
  const givenConfig = assigned.under({})
  givenConfig.merge(config ?? {}, { allowValChange: true })
  const runInProject = {
    runId: chooseRunId(platform, settings, messenger),
    project: settings.project ?? platform.defaultProjectName(settings),
    entity: settings.entity,
  }
  const dataDirectory = platform.findDataDirectory(settings)
  const { warn, info } = messenger
  let place: RunPlace | undefined
  const beforeChange = (): void => {
    place = makePlace(platform, { settings, destination, runId: runInProject.runId, startedAt })
  }
  const finding = { platform, settings, destination, dataDirectory, run: runInProject, beforeChange, warn, info }
  const origin = await findOrigin(finding).catch((error: unknown) => {
    if (place !== undefined) platform.discardRunPlace(place)
    throw error
  })
  // What was asked of a server before is no time of the run.
  const begunAt = place === undefined ? new Date() : startedAt
  const earlier = earlierOf(origin)
  const shared = toSharedWriter(settings, surroundings.host)
  const name = settings.name ?? (earlier?.displayName || undefined)
  return {
    settings,
    destination,
    origin,
    place,
    shared,
    // What this program sets wins over what the run had before.
    config: earlier === undefined ? givenConfig : assigned.under({ ...earlier.config, ...toObject(givenConfig) }),
    hasConfig: config !== undefined || assignment !== undefined,
    redactor,
    skipped: createSkippedValues(messenger.warn),
    messenger,
    surroundings: { ...surroundings, startedAt: toTimestamp(begunAt) },
    facts: {
      id: runInProject.runId,
      project: runInProject.project,
      entity: settings.entity,
      group: settings.group ?? earlier?.group,
      jobType: settings.jobType ?? earlier?.jobType,
      sweepId: settings.sweepId,
      host: surroundings.host,
      startedAt: begunAt,
      // Those that write a run together would each make up another name.
      // And one that a sweep has assigned has a name from it.
      name: name ?? (shared === undefined && assignment === undefined ? generateDisplayName() : runInProject.runId),
      isNameOfOthers: (shared?.isPrimary === false || assignment !== undefined) && name === undefined,
      notes: settings.notes ?? (earlier?.notes || undefined),
      tags: Object.freeze([...(settings.tags ?? earlier?.tags ?? [])]),
      origin: toOriginFacts(origin),
      git: undefined,
    },
  }
}

/** The id that is given, that another setting names, or that was remembered; else a new one. */
function chooseRunId(platform: Platform, settings: Settings, { warn }: Messenger): string {
  const { id, resume, resumeFrom } = settings
  if (resumeFrom !== undefined) return parseRunStep(resumeFrom).runId
  if (resume !== 'auto') return id ?? generateRunId()
  const remembered = platform.resumeIds.read(platform.findDataDirectory(settings))
  if (id !== undefined && remembered !== undefined && id !== remembered) {
    warn(`resume is "auto" and the last run was ${remembered}, but the id is set: the run is ${id}.`)
  }
  return id ?? remembered ?? generateRunId()
}

// The tree's root is an object.
function toObject(config: ConfigTree): object {
  return config.read([]) as object
}

function describeStart({ name, id, origin }: RunFacts, directory: string): string {
  if (origin.isResumed)
    return `run ${name} (${id}) goes on at step ${origin.startingStep}; this part is written to ${directory}`
  if (origin.branch === undefined) return `run ${name} (${id}) is written to ${directory}`
  return `run ${name} (${id}) forks from ${origin.branch.runId} at step ${origin.branch.step}; it is written to ${directory}`
}

/** What a server answers is printed, and it may repeat what it was sent. */
function printOf(platform: Platform, redactor: Redactor): (line: string) => void {
  return (line) => platform.print(redactor.known(line, 'messages'))
}

/** The data folder that commands of the working directory take. A setting outside of the program may be one that cannot be. */
function commandsDataDirectory(platform: Platform): string | undefined {
  try {
    return platform.findDataDirectory(resolveSettings(platform.readSettingsLayers([]), ['dir', 'dataDir']))
  } catch {
    return undefined
  }
}

function makePlace(
  platform: Platform,
  {
    settings,
    destination,
    runId,
    startedAt,
  }: Pick<Plan, 'settings' | 'destination'> & { runId: string; startedAt: Date },
): RunPlace {
  if (destination.mode === 'disabled') return platform.disabledRunPlace(runId)
  try {
    const place = platform.createRunPlace({
      settings,
      runId,
      startedAt,
      isOffline: destination.mode === 'offline',
    })
    const identity = { ...platform.processIdentity(), startedAtMs: startedAt.getTime() }
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
        config: toInitialConfig(plan.config, plan.redactor, plan.skipped.count, toInternalItems(plan)),
        telemetry: toTelemetry(settings, plan.hasConfig),
      },
      (text) => plan.redactor.known(text, 'run'),
    ),
    ...(settings.durability === undefined ? {} : { durability: settings.durability }),
    ...(destination.mode === 'online' ? { target: toSenderTarget(destination, facts, settings.ignoreGlobs) } : {}),
    onProblem: createProblemReporter(plan.messenger),
  }
}

/** What goes below `_wandb` of the config from the start. */
function toInternalItems({ origin, shared }: Plan): ConfigItem[] {
  // Tells this journal from all others of the run.
  const writer = globalThis.crypto.randomUUID().replaceAll('-', '')
  const records = [toInternalConfig('writer', writer), ...(shared ? [toInternalConfig('shared', { ...shared })] : [])]
  return [...toOriginItems(origin), ...records.flatMap(({ update = [] }) => update)]
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
