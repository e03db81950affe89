import type { SendError } from './send-error.ts'
import type { SendFailure, SendProblem } from './sender-types.ts'

const failuresNamedMax = 100

/** What could not be sent: counted by reason, files and artifacts also named. */
export interface SendProblems {
  readonly counts: Readonly<Partial<Record<SendProblem, number>>>
  readonly failures: readonly SendFailure[]
  count(problem: SendProblem): void
  addFailure(what: Pick<SendFailure, 'kind' | 'name' | 'clientId'>, error: SendError): void
}

export function createSendProblems(): SendProblems {
  const counts: Partial<Record<SendProblem, number>> = {}
  const failures: SendFailure[] = []

  function count(problem: SendProblem): void {
    counts[problem] = (counts[problem] ?? 0) + 1
  }

  return {
    get counts() {
      return { ...counts }
    },
    get failures() {
      return [...failures]
    },
    count,
    addFailure(what, { code, message, hint }) {
      count(what.kind)
      if (failures.length < failuresNamedMax) {
        failures.push({ ...what, code, message, ...(hint === undefined ? {} : { hint }) })
      }
    },
  }
}
