import { attempt } from '../attempt.ts'
import type { TrainingEnvironment } from '../callbacks/training-observer.ts'
import type { ModelLike, TensorFlowLike } from '../tensorflow-like.ts'
import { describeVersion } from './versions.ts'

/** What tfjs has allocated. */
export interface TensorMemory {
  readonly numTensors: number
  readonly numBytes: number
}

// tfjs keeps its engine in a global variable, so that all copies of it in a process share one (tfjs-core, engine.ts). Only
// there can a callback that was not given tfjs ask for backend and memory. Every member is checked: it is no public API.
const engineName = '_tfengine'

/** Which tfjs trains: from the module where it was given, else from what its engine and the model tell. */
export function describeEnvironment(tf: TensorFlowLike | undefined, model: ModelLike | undefined): TrainingEnvironment {
  const version = tf?.version?.tfjs ?? describeVersion(model)
  const backend = readBackend(tf)
  return { ...(version === undefined ? {} : { version }), ...(backend === undefined ? {} : { backend }) }
}

/** Name of the backend: `cpu`, `wasm`, `tensorflow` (tfjs-node), `webgl`, …; `undefined` before there is one. */
function readBackend(tf?: TensorFlowLike): string | undefined {
  const name: unknown = attempt(() => tf?.getBackend?.() ?? engineMember('backendName'))
  return typeof name === 'string' ? name : undefined
}

/** Number and bytes of the tensors of this process; `undefined` where tfjs does not tell. */
export function readTensorMemory(): TensorMemory | undefined {
  const engine = readEngine()
  if (engine === undefined) return undefined
  const memory: unknown = attempt(() => {
    const read: unknown = Reflect.get(engine, 'memory')
    return typeof read === 'function' ? Reflect.apply(read, engine, []) : undefined
  })
  if (typeof memory !== 'object' || memory === null) return undefined
  const { numTensors, numBytes }: Partial<Record<string, unknown>> = { ...memory }
  return typeof numTensors === 'number' && typeof numBytes === 'number' ? { numTensors, numBytes } : undefined
}

/** Whether reading a tensor at once costs nothing: these backends compute synchronously. */
export function isSynchronousBackend(): boolean {
  return ['cpu', 'wasm', 'tensorflow'].includes(readBackend() ?? '')
}

function engineMember(name: string): unknown {
  const engine = readEngine()
  return engine === undefined ? undefined : Reflect.get(engine, name)
}

function readEngine(): object | undefined {
  const engine: unknown = Reflect.get(globalThis, engineName)
  return typeof engine === 'object' && engine !== null ? engine : undefined
}
