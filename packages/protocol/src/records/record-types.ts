import type { deprecatedNumbers, environmentNumbers, featureNumbers, importNumbers } from './telemetry-flags.ts'

/**
 * The messages of a `.wandb` file, by W&B's names in camelCase. Every property is optional: protobuf leaves out what has
 * its default (empty text, 0, false, no elements), and so may a writer. Fields that we do not know are kept in
 * `unknownFields` and written again.
 */
export interface WandbMessage {
  readonly unknownFields?: Uint8Array
}

/** A 64-bit integer: number where that is exact, else bigint. */
export type Int64 = number | bigint

/** A point in time: seconds since 1970 and nanoseconds. */
export interface Timestamp extends WandbMessage {
  readonly seconds?: Int64
  readonly nanos?: number
}

/** Which stream a record belongs to: W&B writes the run id. */
export interface RecordInfo extends WandbMessage {
  readonly streamId?: string
  readonly tracelogId?: string
}

/** What all records have; none of it matters to a reader. */
interface WithInfo extends WandbMessage {
  readonly info?: RecordInfo
}

/** How a live client wants a record handled. Nothing that reads a journal needs it. */
export interface Control extends WandbMessage {
  readonly reqResp?: boolean
  readonly local?: boolean
  readonly relayId?: string
  readonly mailboxSlot?: string
  readonly alwaysSend?: boolean
  readonly flowControl?: boolean
  readonly endOffset?: Int64
  readonly connectionId?: string
}

/** A value and where it belongs: `key`, or else the labels of `nestedKey`. `valueJson` is W&B's JSON. */
export interface KeyedItem extends WandbMessage {
  readonly key?: string
  readonly nestedKey?: readonly string[]
  readonly valueJson?: string
}
/** A leaf of a row: its path, and its value in W&B's JSON. */
export type HistoryItem = KeyedItem
/** A leaf of the summary: its path, and its value in W&B's JSON. */
export type SummaryItem = KeyedItem
/** A value of the config: its path, and its value in W&B's JSON. */
export type ConfigItem = KeyedItem

/** One row of metrics. The step that counts is the item `_step`. */
export interface HistoryRecord extends WithInfo {
  readonly item?: readonly HistoryItem[]
  readonly step?: HistoryStep
}
/** The step of a row, for local readers; uploads take it from the item `_step`. */
export interface HistoryStep extends WandbMessage {
  readonly num?: Int64
}

/** Changes of the summary. `remove` wins over `update` on the same path. */
export interface SummaryRecord extends WithInfo {
  readonly update?: readonly SummaryItem[]
  readonly remove?: readonly SummaryItem[]
}

/** Changes of the config: objects are merged leaf by leaf. Removals come after updates. */
export interface ConfigRecord extends WithInfo {
  readonly update?: readonly ConfigItem[]
  readonly remove?: readonly ConfigItem[]
}

/** A piece of console output: raw terminal text, not necessarily whole lines. Default of `outputType`: `stderr`. */
export interface OutputRawRecord extends WithInfo {
  readonly outputType?: 'stderr' | 'stdout'
  readonly timestamp?: Timestamp
  readonly line?: string
}
/** Console output of an old form, which W&B ignores. */
export type OutputRecord = OutputRawRecord

/** Whole console lines that the program handed over itself. */
export interface OutputLoggerRecord extends WandbMessage {
  readonly line?: string
}

/** Files below the run's `files/` to be uploaded. */
export interface FilesRecord extends WithInfo {
  readonly files?: readonly FilesItem[]
}
/** A file of the run: its path below `files/`, when to upload it, and what it is. */
export interface FilesItem extends WandbMessage {
  readonly path?: string
  /** When to upload. Default `now`. */
  readonly policy?: 'now' | 'end' | 'live'
  /** Default `other`. */
  readonly type?: 'other' | 'wandb' | 'media' | 'artifact'
}

/** System metrics of one moment. */
export interface StatsRecord extends WithInfo {
  readonly statsType?: 'system'
  readonly timestamp?: Timestamp
  readonly item?: readonly StatsItem[]
}
/** One system metric: its name, and its value in W&B's JSON. */
export interface StatsItem extends WandbMessage {
  readonly key?: string
  readonly valueJson?: string
}

/** A message to people: level INFO, WARN or ERROR, and how many milliseconds the same title stays quiet. */
export interface AlertRecord extends WithInfo {
  readonly title?: string
  readonly text?: string
  /** `INFO`, `WARN` or `ERROR`. */
  readonly level?: string
  /** Milliseconds. */
  readonly waitDuration?: Int64
}

/** A metric definition: of one metric (`name`) or of all with a prefix (`globName`, ending in `*`). */
export interface MetricRecord extends WithInfo {
  readonly name?: string
  readonly globName?: string
  /** The x axis. */
  readonly stepMetric?: string
  /** 1-based; only in the config encoding. */
  readonly stepMetricIndex?: number
  readonly options?: MetricOptions
  readonly summary?: MetricSummary
  /** Absent = not said. */
  readonly goal?: 'minimize' | 'maximize'
  readonly control?: MetricControl
  readonly expandedFromGlob?: boolean
}
/** Whether the step metric is added to rows that lack it, whether charts hide the metric, and whether the program itself defined it. */
export interface MetricOptions extends WandbMessage {
  readonly stepSync?: boolean
  readonly hidden?: boolean
  readonly defined?: boolean
}
/** Which statistics of a metric the summary keeps. */
export interface MetricSummary extends WandbMessage {
  readonly min?: boolean
  readonly max?: boolean
  readonly mean?: boolean
  readonly best?: boolean
  readonly last?: boolean
  readonly none?: boolean
  readonly copy?: boolean
  readonly first?: boolean
}
/** Whether a definition replaces earlier ones instead of being merged with them. */
export interface MetricControl extends WandbMessage {
  readonly overwrite?: boolean
}

/** Who the run is. A later one is an update: what is not empty overwrites. */
export interface RunRecord extends WithInfo {
  readonly runId?: string
  readonly entity?: string
  readonly project?: string
  readonly config?: ConfigRecord
  readonly summary?: SummaryRecord
  readonly runGroup?: string
  readonly jobType?: string
  readonly displayName?: string
  readonly notes?: string
  readonly tags?: readonly string[]
  readonly settings?: SettingsRecord
  readonly sweepId?: string
  readonly host?: string
  readonly startingStep?: Int64
  readonly storageId?: string
  readonly startTime?: Timestamp
  readonly resumed?: boolean
  readonly telemetry?: TelemetryRecord
  /** Seconds that earlier parts of the run took. */
  readonly runtime?: number
  readonly git?: GitRepoRecord
  readonly forked?: boolean
  readonly branchPoint?: BranchPoint
  readonly resume?: boolean
}
/** Settings of the client; unused. */
export interface SettingsRecord extends WithInfo {
  readonly item?: readonly StatsItem[]
}
/** Remote address and commit of the working tree. */
export interface GitRepoRecord extends WandbMessage {
  readonly remoteUrl?: string
  readonly commit?: string
}
/** Where a forked or rewound run leaves another one: run id, metric (always `_step`) and its value. */
export interface BranchPoint extends WandbMessage {
  readonly run?: string
  readonly value?: number
  readonly metric?: string
}

/** The end of a run. */
export interface RunExitRecord extends WithInfo {
  /** 0 = finished, else failed. */
  readonly exitCode?: number
  /** Seconds. */
  readonly runtime?: number
  /** true leaves the run open. */
  readonly notComplete?: boolean
}

/** The first record of a journal. */
export interface HeaderRecord extends WithInfo {
  readonly versionInfo?: VersionInfo
}
/** Who wrote the journal, and the oldest server that can take it. */
export interface VersionInfo extends WithInfo {
  readonly producer?: string
  readonly minConsumer?: string
}

/** The end of the data; the older uploader needs it. */
export type FinalRecord = WithInfo
/** The end of the journal; the older uploader needs it. */
export type FooterRecord = WithInfo
/** The machine is about to be taken away from the run. */
export type RunPreemptingRecord = WithInfo

/** Where a run happened. Several are merged; lists are appended. */
export interface EnvironmentRecord extends WithInfo {
  readonly os?: string
  /** Name and version of the runtime. */
  readonly python?: string
  readonly startedAt?: Timestamp
  readonly docker?: string
  readonly args?: readonly string[]
  readonly program?: string
  readonly codePath?: string
  readonly codePathLocal?: string
  readonly git?: GitRepoRecord
  readonly email?: string
  readonly root?: string
  readonly host?: string
  readonly username?: string
  readonly executable?: string
  readonly colab?: string
  readonly cpuCount?: number
  readonly cpuCountLogical?: number
  readonly gpuType?: string
  readonly gpuCount?: number
  /** By mount point, in bytes. */
  readonly disk?: Readonly<Record<string, DiskInfo>>
  readonly memory?: MemoryInfo
  readonly cpu?: CpuInfo
  readonly apple?: AppleInfo
  readonly gpuNvidia?: readonly GpuNvidiaInfo[]
  readonly cudaVersion?: string
  readonly gpuAmd?: readonly GpuAmdInfo[]
  readonly slurm?: Readonly<Record<string, string>>
  readonly trainium?: TrainiumInfo
  readonly tpu?: TpuInfo
  readonly coreweave?: CoreWeaveInfo
  readonly writerId?: string
}
/** Size and use of a disk, bytes. */
export interface DiskInfo extends WandbMessage {
  readonly total?: Int64
  readonly used?: Int64
}
/** Main memory, bytes. */
export interface MemoryInfo extends WandbMessage {
  readonly total?: Int64
}
/** Cores, and logical processors. */
export interface CpuInfo extends WandbMessage {
  readonly count?: number
  readonly countLogical?: number
}
/** An Apple machine: chip, cores, memory. */
export interface AppleInfo extends WandbMessage {
  readonly name?: string
  readonly ecpuCores?: number
  readonly pcpuCores?: number
  readonly gpuCores?: number
  readonly memoryGb?: number
  readonly swapTotalBytes?: Int64
  readonly ramTotalBytes?: Int64
  readonly macModel?: string
}
/** An NVIDIA GPU; memory in bytes. */
export interface GpuNvidiaInfo extends WandbMessage {
  readonly name?: string
  readonly memoryTotal?: Int64
  readonly cudaCores?: number
  readonly architecture?: string
  readonly uuid?: string
}
/** An AMD GPU, as its own tool describes it. */
export interface GpuAmdInfo extends WandbMessage {
  readonly id?: string
  readonly uniqueId?: string
  readonly vbiosVersion?: string
  readonly performanceLevel?: string
  readonly gpuOverdrive?: string
  readonly gpuMemoryOverdrive?: string
  readonly maxPower?: string
  readonly series?: string
  readonly model?: string
  readonly vendor?: string
  readonly sku?: string
  readonly sclkRange?: string
  readonly mclkRange?: string
}
/** AWS Trainium devices. */
export interface TrainiumInfo extends WandbMessage {
  readonly name?: string
  readonly vendor?: string
  readonly neuronDeviceCount?: number
  readonly neuroncorePerDeviceCount?: number
}
/** Google TPU devices; memory of each in GiB. */
export interface TpuInfo extends WandbMessage {
  readonly name?: string
  readonly hbmGib?: number
  readonly devicesPerChip?: number
  readonly count?: number
}
/** Where in CoreWeave the run took place. */
export interface CoreWeaveInfo extends WandbMessage {
  readonly clusterName?: string
  readonly orgId?: string
  readonly region?: string
}

type Flags<Numbers> = { readonly [Name in keyof Numbers]?: boolean } & WandbMessage

/** Which client and which of its features a run used. */
export interface TelemetryRecord extends WithInfo {
  readonly importsInit?: Flags<typeof importNumbers>
  readonly importsFinish?: Flags<typeof importNumbers>
  readonly feature?: Flags<typeof featureNumbers>
  readonly pythonVersion?: string
  readonly cliVersion?: string
  readonly huggingfaceVersion?: string
  readonly env?: Flags<typeof environmentNumbers>
  readonly label?: Labels
  readonly deprecated?: Flags<typeof deprecatedNumbers>
  readonly coreVersion?: string
  readonly platform?: string
}
/** Free words about the code that ran. */
export interface Labels extends WandbMessage {
  readonly codeString?: string
  readonly repoString?: string
  readonly codeVersion?: string
}

/** A version of an artifact that the run made or used. */
export interface ArtifactRecord extends WithInfo {
  readonly runId?: string
  readonly project?: string
  readonly entity?: string
  readonly type?: string
  readonly name?: string
  /** Hex MD5 of the manifest. */
  readonly digest?: string
  readonly description?: string
  /** A JSON object. */
  readonly metadata?: string
  readonly userCreated?: boolean
  readonly useAfterCommit?: boolean
  readonly aliases?: readonly string[]
  readonly manifest?: ArtifactManifest
  readonly distributedId?: string
  readonly finalize?: boolean
  readonly clientId?: string
  readonly sequenceClientId?: string
  readonly baseId?: string
  readonly ttlDurationSeconds?: Int64
  readonly tags?: readonly string[]
  readonly digestAlgorithm?: string
  readonly incrementalBeta1?: boolean
}
/** The list of an artifact's files. */
export interface ArtifactManifest extends WandbMessage {
  readonly version?: number
  readonly storagePolicy?: string
  readonly storagePolicyConfig?: readonly ExtraItem[]
  readonly contents?: readonly ArtifactManifestEntry[]
  readonly manifestFilePath?: string
}
/** One file or reference of an artifact: its path, digest (base64 MD5 for files), size in bytes, and where its content is. */
export interface ArtifactManifestEntry extends WandbMessage {
  readonly path?: string
  /** Base64 MD5 of the file. */
  readonly digest?: string
  readonly ref?: string
  /** Bytes. */
  readonly size?: Int64
  readonly mimetype?: string
  readonly localPath?: string
  readonly birthArtifactId?: string
  readonly skipCache?: boolean
  readonly extra?: readonly ExtraItem[]
}
/** A further fact about an entry, its value in W&B's JSON. */
export interface ExtraItem extends WandbMessage {
  readonly key?: string
  readonly valueJson?: string
}
/** An artifact that the run took as input. */
export interface UseArtifactRecord extends WithInfo {
  readonly id?: string
  readonly type?: string
  readonly name?: string
}
/** A TensorBoard folder to follow. W&B's sync cannot take it: never write one. */
export interface TbRecord extends WithInfo {
  readonly logDir?: string
  readonly save?: boolean
  readonly rootDir?: string
  readonly namespace?: string
  readonly savePath?: string
  readonly ignoreTimestamp?: boolean
  readonly ignoreHostname?: boolean
}

/** The types of records that we know, by the name of their property. */
export interface RecordTypes {
  history: HistoryRecord
  summary: SummaryRecord
  output: OutputRecord
  config: ConfigRecord
  files: FilesRecord
  stats: StatsRecord
  artifact: ArtifactRecord
  tbrecord: TbRecord
  alert: AlertRecord
  telemetry: TelemetryRecord
  metric: MetricRecord
  outputRaw: OutputRawRecord
  run: RunRecord
  exit: RunExitRecord
  final: FinalRecord
  header: HeaderRecord
  footer: FooterRecord
  preempting: RunPreemptingRecord
  noopLinkArtifact: WandbMessage
  useArtifact: UseArtifactRecord
  environment: EnvironmentRecord
  outputLogger: OutputLoggerRecord
  /** Traffic between W&B's own processes; never in a file that it finished. Kept as bytes. */
  request: WandbMessage
}

/** What a record says, before it has its number. */
export type WandbRecordBody =
  | {
      [Kind in keyof RecordTypes]: { readonly kind: Kind } & { readonly [Name in Kind]: RecordTypes[Kind] } & Envelope
    }[keyof RecordTypes]
  /** A type that we do not know. */
  | ({ readonly kind: 'unknown'; readonly fieldNumber: number; readonly payload: Uint8Array } & Envelope)
  /** A record without a type. */
  | ({ readonly kind: 'none' } & Envelope)

interface Envelope {
  readonly control?: Control
  readonly uuid?: string
  readonly info?: RecordInfo
  /** Fields of the envelope that we do not know. */
  readonly unknown?: Uint8Array
}

/** One record of a `.wandb` file: `kind` says which of the other properties holds its content. `num` counts from 1. */
export type WandbRecord = WandbRecordBody & { readonly num: Int64 }
