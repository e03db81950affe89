import type { JsonObject, JsonValue } from '../json/json-value.ts'
import type { EnvironmentRecord, Timestamp } from '../records/record-types.ts'

// Where W&B's JSON name of a field is not its protobuf name in camelCase.
const jsonNames: Readonly<Record<string, string>> = {
  cpuCount: 'cpu_count',
  cpuCountLogical: 'cpu_count_logical',
  gpuType: 'gpu',
  gpuCount: 'gpu_count',
  gpuNvidia: 'gpu_nvidia',
  gpuAmd: 'gpu_amd',
  remoteUrl: 'remote',
}

// Fields of 64 bits, which protobuf's JSON writes as text.
const wideFields: ReadonlySet<string> = new Set(['total', 'used', 'memoryTotal', 'swapTotalBytes', 'ramTotalBytes'])

/** The environment as `wandb-metadata.json` and `_wandb.value.e` of the config hold it. */
export function toWireEnvironment(environment: EnvironmentRecord): JsonObject {
  const { startedAt, disk, slurm, ...rest } = environment
  return {
    ...toWire(rest),
    ...(startedAt === undefined ? {} : { startedAt: toIsoTime(startedAt) }),
    ...(disk === undefined
      ? {}
      : { disk: Object.fromEntries(Object.entries(disk).map(([path, info]) => [path, toWire(info)])) }),
    ...(slurm === undefined ? {} : { slurm: { ...slurm } }),
  }
}

function toWire(message: object): JsonObject {
  const wire: Record<string, JsonValue> = {}
  for (const [name, value] of Object.entries(message)) {
    if (value === undefined || name === 'unknownFields' || name === 'info') continue
    wire[jsonNames[name] ?? name] = toWireValue(name, value as unknown)
  }
  return wire
}

function toWireValue(name: string, value: unknown): JsonValue {
  if (wideFields.has(name)) return String(value)
  if (Array.isArray(value)) return value.map((element: unknown) => toWireValue(name, element))
  // Only texts and numbers are left, apart from messages.
  return typeof value === 'object' && value !== null ? toWire(value) : (value as string | number)
}

/** A protobuf timestamp as ISO text in UTC, with as many digits of the second as it has (0, 3, 6 or 9). */
export function toIsoTime({ seconds = 0, nanos = 0 }: Timestamp): string {
  const base = new Date(Number(seconds) * 1000).toISOString().slice(0, -5)
  const fraction = String(nanos)
    .padStart(9, '0')
    .replace(/(?:000){0,3}$/, '')
  return `${base}${fraction === '' ? '' : `.${fraction}`}Z`
}
