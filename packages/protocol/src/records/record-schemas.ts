import type * as T from './record-types.ts'
import { type EnumType, enumOf, flags, type MessageSchema, message } from './schema.ts'
import { deprecatedNumbers, environmentNumbers, featureNumbers, importNumbers } from './telemetry-flags.ts'

// Numbers and types of the fields, as W&B's wandb_internal.proto of 0.30.0 has them.

const outputType: EnumType = enumOf(['stderr', 'stdout'])
const policyType: EnumType = enumOf(['now', 'end', 'live'])
const fileType: EnumType = enumOf(['other', 'wandb', 'media', 'artifact'])
const statsType: EnumType = enumOf(['system'])
const goal: EnumType = enumOf(['', 'minimize', 'maximize'])

export const recordInfo: MessageSchema = message<T.RecordInfo>({ streamId: [1, 'string'], tracelogId: [100, 'string'] })
export const control: MessageSchema = message<T.Control>({
  reqResp: [1, 'bool'],
  local: [2, 'bool'],
  relayId: [3, 'string'],
  mailboxSlot: [4, 'string'],
  alwaysSend: [5, 'bool'],
  flowControl: [6, 'bool'],
  endOffset: [7, 'int64'],
  connectionId: [8, 'string'],
})

const info = [200, recordInfo] as const
const infoOnly = message<T.FinalRecord>({ info })
const opaque = message<T.WandbMessage>({})
const timestamp = message<T.Timestamp>({ seconds: [1, 'int64'], nanos: [2, 'int32'] })
const keyedItem = message<T.KeyedItem>({
  key: [1, 'string'],
  nestedKey: [2, 'string', 'repeated'],
  valueJson: [16, 'string'],
})
const valueItem = message<T.StatsItem>({ key: [1, 'string'], valueJson: [16, 'string'] })
const changes = message<T.ConfigRecord>({
  update: [1, keyedItem, 'repeated'],
  remove: [2, keyedItem, 'repeated'],
  info,
})
const history = message<T.HistoryRecord>({
  item: [1, keyedItem, 'repeated'],
  step: [2, message<T.HistoryStep>({ num: [1, 'int64'] })],
  info,
})
const output = message<T.OutputRawRecord>({
  outputType: [1, outputType],
  timestamp: [2, timestamp],
  line: [3, 'string'],
  info,
})
const files = message<T.FilesRecord>({
  files: [1, message<T.FilesItem>({ path: [1, 'string'], policy: [2, policyType], type: [3, fileType] }), 'repeated'],
  info,
})
const stats = message<T.StatsRecord>({
  statsType: [1, statsType],
  timestamp: [2, timestamp],
  item: [3, valueItem, 'repeated'],
  info,
})
const alert = message<T.AlertRecord>({
  title: [1, 'string'],
  text: [2, 'string'],
  level: [3, 'string'],
  waitDuration: [4, 'int64'],
  info,
})
export const metricOptions: MessageSchema = message<T.MetricOptions>({
  stepSync: [1, 'bool'],
  hidden: [2, 'bool'],
  defined: [3, 'bool'],
})
export const metricSummary: MessageSchema = message<T.MetricSummary>({
  min: [1, 'bool'],
  max: [2, 'bool'],
  mean: [3, 'bool'],
  best: [4, 'bool'],
  last: [5, 'bool'],
  none: [6, 'bool'],
  copy: [7, 'bool'],
  first: [8, 'bool'],
})
const metric = message<T.MetricRecord>({
  name: [1, 'string'],
  globName: [2, 'string'],
  stepMetric: [4, 'string'],
  stepMetricIndex: [5, 'int32'],
  options: [6, metricOptions],
  summary: [7, metricSummary],
  goal: [8, goal],
  control: [9, message<T.MetricControl>({ overwrite: [1, 'bool'] })],
  expandedFromGlob: [10, 'bool'],
  info,
})
export const imports: MessageSchema = flags(importNumbers)
export const features: MessageSchema = flags(featureNumbers)
export const environmentFlags: MessageSchema = flags(environmentNumbers)
export const deprecated: MessageSchema = flags(deprecatedNumbers)
const telemetry = message<T.TelemetryRecord>({
  importsInit: [1, imports],
  importsFinish: [2, imports],
  feature: [3, features],
  pythonVersion: [4, 'string'],
  cliVersion: [5, 'string'],
  huggingfaceVersion: [6, 'string'],
  env: [8, environmentFlags],
  label: [9, message<T.Labels>({ codeString: [1, 'string'], repoString: [2, 'string'], codeVersion: [3, 'string'] })],
  deprecated: [10, deprecated],
  coreVersion: [12, 'string'],
  platform: [13, 'string'],
  info,
})
const git = message<T.GitRepoRecord>({ remoteUrl: [1, 'string'], commit: [2, 'string'] })
const run = message<T.RunRecord>({
  runId: [1, 'string'],
  entity: [2, 'string'],
  project: [3, 'string'],
  config: [4, changes],
  summary: [5, changes],
  runGroup: [6, 'string'],
  jobType: [7, 'string'],
  displayName: [8, 'string'],
  notes: [9, 'string'],
  tags: [10, 'string', 'repeated'],
  settings: [11, message<T.SettingsRecord>({ item: [1, valueItem, 'repeated'], info })],
  sweepId: [12, 'string'],
  host: [13, 'string'],
  startingStep: [14, 'int64'],
  storageId: [16, 'string'],
  startTime: [17, timestamp],
  resumed: [18, 'bool'],
  telemetry: [19, telemetry],
  runtime: [20, 'int32'],
  git: [21, git],
  forked: [22, 'bool'],
  branchPoint: [23, message<T.BranchPoint>({ run: [1, 'string'], value: [2, 'double'], metric: [3, 'string'] })],
  resume: [24, 'bool'],
  info,
})
const exit = message<T.RunExitRecord>({
  exitCode: [1, 'int32'],
  runtime: [2, 'int32'],
  notComplete: [3, 'bool'],
  info,
})
const header = message<T.HeaderRecord>({
  versionInfo: [1, message<T.VersionInfo>({ producer: [1, 'string'], minConsumer: [2, 'string'], info })],
  info,
})
const extraItem = message<T.ExtraItem>({ key: [1, 'string'], valueJson: [2, 'string'] })
const manifest = message<T.ArtifactManifest>({
  version: [1, 'int32'],
  storagePolicy: [2, 'string'],
  storagePolicyConfig: [3, extraItem, 'repeated'],
  contents: [
    4,
    message<T.ArtifactManifestEntry>({
      path: [1, 'string'],
      digest: [2, 'string'],
      ref: [3, 'string'],
      size: [4, 'int64'],
      mimetype: [5, 'string'],
      localPath: [6, 'string'],
      birthArtifactId: [7, 'string'],
      skipCache: [8, 'bool'],
      extra: [16, extraItem, 'repeated'],
    }),
    'repeated',
  ],
  manifestFilePath: [5, 'string'],
})
const artifact = message<T.ArtifactRecord>({
  runId: [1, 'string'],
  project: [2, 'string'],
  entity: [3, 'string'],
  type: [4, 'string'],
  name: [5, 'string'],
  digest: [6, 'string'],
  description: [7, 'string'],
  metadata: [8, 'string'],
  userCreated: [9, 'bool'],
  useAfterCommit: [10, 'bool'],
  aliases: [11, 'string', 'repeated'],
  manifest: [12, manifest],
  distributedId: [13, 'string'],
  finalize: [14, 'bool'],
  clientId: [15, 'string'],
  sequenceClientId: [16, 'string'],
  baseId: [17, 'string'],
  ttlDurationSeconds: [18, 'int64'],
  tags: [19, 'string', 'repeated'],
  digestAlgorithm: [20, 'string'],
  incrementalBeta1: [100, 'bool'],
  info,
})
const useArtifact = message<T.UseArtifactRecord>({ id: [1, 'string'], type: [2, 'string'], name: [3, 'string'], info })
const tbrecord = message<T.TbRecord>({
  logDir: [1, 'string'],
  save: [2, 'bool'],
  rootDir: [3, 'string'],
  namespace: [4, 'string', 'optional'],
  savePath: [5, 'string'],
  ignoreTimestamp: [6, 'bool'],
  ignoreHostname: [7, 'bool'],
  info,
})
const disk = message<{ key?: string; value?: T.DiskInfo }>({
  key: [1, 'string'],
  value: [2, message<T.DiskInfo>({ total: [1, 'uint64'], used: [2, 'uint64'] })],
})
const environment = message<T.EnvironmentRecord>({
  os: [1, 'string'],
  python: [2, 'string'],
  startedAt: [3, timestamp],
  docker: [4, 'string'],
  args: [5, 'string', 'repeated'],
  program: [6, 'string'],
  codePath: [7, 'string'],
  codePathLocal: [8, 'string'],
  git: [9, git],
  email: [10, 'string'],
  root: [11, 'string'],
  host: [12, 'string'],
  username: [13, 'string'],
  executable: [14, 'string'],
  colab: [15, 'string'],
  cpuCount: [16, 'uint32'],
  cpuCountLogical: [17, 'uint32'],
  gpuType: [18, 'string'],
  gpuCount: [19, 'uint32'],
  disk: [20, disk, 'map'],
  memory: [21, message<T.MemoryInfo>({ total: [1, 'uint64'] })],
  cpu: [22, message<T.CpuInfo>({ count: [1, 'uint32'], countLogical: [2, 'uint32'] })],
  apple: [
    23,
    message<T.AppleInfo>({
      name: [1, 'string'],
      ecpuCores: [2, 'uint32'],
      pcpuCores: [3, 'uint32'],
      gpuCores: [4, 'uint32'],
      memoryGb: [5, 'uint32'],
      swapTotalBytes: [6, 'uint64'],
      ramTotalBytes: [7, 'uint64'],
      macModel: [8, 'string'],
    }),
  ],
  gpuNvidia: [
    24,
    message<T.GpuNvidiaInfo>({
      name: [1, 'string'],
      memoryTotal: [2, 'uint64'],
      cudaCores: [3, 'uint32'],
      architecture: [4, 'string'],
      uuid: [5, 'string'],
    }),
    'repeated',
  ],
  cudaVersion: [25, 'string'],
  gpuAmd: [
    26,
    message<T.GpuAmdInfo>({
      id: [1, 'string'],
      uniqueId: [2, 'string'],
      vbiosVersion: [3, 'string'],
      performanceLevel: [4, 'string'],
      gpuOverdrive: [5, 'string'],
      gpuMemoryOverdrive: [6, 'string'],
      maxPower: [7, 'string'],
      series: [8, 'string'],
      model: [9, 'string'],
      vendor: [10, 'string'],
      sku: [11, 'string'],
      sclkRange: [12, 'string'],
      mclkRange: [13, 'string'],
    }),
    'repeated',
  ],
  slurm: [27, message<{ key?: string; value?: string }>({ key: [1, 'string'], value: [2, 'string'] }), 'map'],
  trainium: [
    28,
    message<T.TrainiumInfo>({
      name: [1, 'string'],
      vendor: [2, 'string'],
      neuronDeviceCount: [3, 'uint32'],
      neuroncorePerDeviceCount: [4, 'uint32'],
    }),
  ],
  tpu: [
    29,
    message<T.TpuInfo>({
      name: [1, 'string'],
      hbmGib: [2, 'uint32'],
      devicesPerChip: [3, 'uint32'],
      count: [4, 'uint32'],
    }),
  ],
  coreweave: [
    30,
    message<T.CoreWeaveInfo>({ clusterName: [1, 'string'], orgId: [2, 'string'], region: [3, 'string'] }),
  ],
  writerId: [199, 'string'],
  info,
})

/** Number of each record type in the envelope, and the schema of its content. */
export const recordTypes: { readonly [Kind in keyof T.RecordTypes]: readonly [number: number, schema: MessageSchema] } =
  {
    history: [2, history],
    summary: [3, changes],
    output: [4, output],
    config: [5, changes],
    files: [6, files],
    stats: [7, stats],
    artifact: [8, artifact],
    tbrecord: [9, tbrecord],
    alert: [10, alert],
    telemetry: [11, telemetry],
    metric: [12, metric],
    outputRaw: [13, output],
    run: [17, run],
    exit: [18, exit],
    final: [20, infoOnly],
    header: [21, header],
    footer: [22, infoOnly],
    preempting: [23, infoOnly],
    noopLinkArtifact: [24, opaque],
    useArtifact: [25, useArtifact],
    environment: [26, environment],
    outputLogger: [27, message<T.OutputLoggerRecord>({ line: [1, 'string'] })],
    request: [100, opaque],
  }
