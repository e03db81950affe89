import { lineBytesMax } from '../line-limit.ts'
import type { SendError } from './send-error.ts'
import type { SendFailure, SendProblem } from './sender-types.ts'

const failuresNamedMax = 100

/** What could not be sent: counted by reason, files and artifacts also named. */
export interface SendProblems {
  readonly counts: Readonly<Partial<Record<SendProblem, number>>>
  readonly failures: readonly SendFailure[]
  count(problem: SendProblem): void
  /** A value of the summary is not sent: with it, no server would take the summary. */
  addLeftOut(path: readonly string[]): void
  addFailure(
    what: Pick<SendFailure, 'name' | 'clientId'> & { readonly kind: 'file' | 'artifact' },
    error: SendError,
  ): void
}

export function createSendProblems(): SendProblems {
  const counts: Partial<Record<SendProblem, number>> = {}
  const failures: SendFailure[] = []

  function count(problem: SendProblem): void {
    counts[problem] = (counts[problem] ?? 0) + 1
  }

  function name(failure: SendFailure): void {
    if (failures.length < failuresNamedMax) failures.push(failure)
  }

  return {
    get counts() {
      return { ...counts }
    },
    get failures() {
      return [...failures]
    },
    count,
    addLeftOut(path) {
      count('too-large')
      name({
        kind: 'summary',
        name: path.join('.'),
        code: 'value-too-large',
        message: `The summary would be larger than the ${lineBytesMax.toLocaleString('en')} bytes that servers take.`,
        hint: 'Log large values as tables, media or artifacts.',
      })
    },
    addFailure(what, { code, message, hint }) {
      count(what.kind)
      name({ ...what, code, message, ...(hint === undefined ? {} : { hint }) })
    },
  }
}
