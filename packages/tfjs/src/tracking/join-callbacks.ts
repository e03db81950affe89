import type { TrainingCallbacks } from '../callbacks/to-callbacks.ts'
import { readLogs } from '../logs/read-logs.ts'
import type { ReportProblem } from '../problems.ts'
import type { TrainingLogs } from '../tensorflow-like.ts'
import { toListMember } from './to-list-member.ts'

/**
 * Adds ours to what a program has passed as `callbacks`, in a form that tfjs takes.
 *
 * tfjs wants an array of plain objects or one of instances of its class, and looks at the first item only. Where a program
 * has mixed the two, tfjs would throw or run methods with another `this`; that is put right here.
 *
 * @param given - The option `callbacks` of `fit`. Not changed.
 */
export function joinCallbacks(given: unknown, ours: TrainingCallbacks, report: ReportProblem): readonly object[] {
  const list = toList(given)
  const first = list.find(isInstance)
  if (first === undefined) return [...list, ours]
  const members = list.map((callback) =>
    isInstance(callback) ? callback : toListMember(withNumbers(callback, report)),
  )
  if (members[0] === first) {
    if (!list.every(isInstance)) report(mixed)
    return [...members, toListMember({ ...ours })]
  }
  report(mixed)
  // tfjs recognises an array of instances by the first one.
  return [first, ...members.filter((member) => member !== first), toListMember({ ...ours })]
}

function toList(given: unknown): readonly object[] {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given]
  return list.filter((callback): callback is object => typeof callback === 'object' && callback !== null)
}

/** Also of another copy of tfjs. */
function isInstance(callback: object): boolean {
  return typeof Reflect.get(callback, 'setParams') === 'function'
}

const handlerNames = ['onTrainBegin', 'onTrainEnd', 'onEpochBegin', 'onEpochEnd', 'onBatchBegin', 'onBatchEnd']

/** The handlers of a plain object, its own or inherited, which are promised numbers where instances get tensors. */
function withNumbers(callbacks: object, report: ReportProblem): Record<string, unknown> {
  const handlers = handlerNames.flatMap((name) => {
    const handler: unknown = Reflect.get(callbacks, name)
    if (typeof handler !== 'function') return []
    const inner = async function (this: unknown, ...args: unknown[]): Promise<void> {
      const logs = args.at(-1)
      const isLogs = typeof logs === 'object' && logs !== null
      const numbers = isLogs ? await toNumbers(logs, report) : logs
      await Reflect.apply(handler, this, [...args.slice(0, -1), numbers])
    }
    return [[name, inner] as const]
  })
  return Object.fromEntries(handlers)
}

async function toNumbers(logs: object, report: ReportProblem): Promise<Record<string, unknown>> {
  const { batch, size, ...values }: TrainingLogs = { ...logs }
  const counters = Object.entries({ batch, size }).filter(([, count]) => count !== undefined)
  return { ...Object.fromEntries(counters), ...(await readLogs(values, report)) }
}

const mixed = {
  code: 'tfjs-mixed-callbacks',
  message:
    'The callbacks of fit are instances of tf.Callback and plain objects in one array, which TensorFlow.js does not take.',
  hint: 'They were put right for this training. Without trackModel, pass only instances: losslineCallback({ run, tf }).',
} as const
