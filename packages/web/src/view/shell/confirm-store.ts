import { createValueStore, type ValueStore } from '../address/value-store.ts'

/** A question before something that cannot be taken back, or only with effort. */
export interface ConfirmQuestion {
  /** `Delete the project digits?` */
  readonly title: string
  /** The change in a few signs, above the text: `prod: v3 → v5`. */
  readonly lead?: string
  /** What will happen, and what stays. */
  readonly text: string
  /** The button that does it: `Delete project`. */
  readonly action: string
  /** Has to be typed before it can be done: the name of what would be gone. */
  readonly typed?: string
}

/** The question on screen, with what to do with its answer. */
export interface OpenQuestion extends ConfirmQuestion {
  answer(isYes: boolean): void
}

/** Asks questions, one at a time. */
export interface ConfirmStore {
  readonly question: ValueStore<OpenQuestion | undefined>
  /** Resolves with true when somebody says yes. A question that is asked meanwhile answers the one before with no. */
  ask(question: ConfirmQuestion): Promise<boolean>
}

/**
 * A store that asks nothing yet.
 *
 * @param mayAsk - Of a question whose answer has to be typed: false, and it is answered with no. Whoever says so tells why.
 */
export function createConfirmStore(mayAsk: () => boolean = () => true): ConfirmStore {
  const question = createValueStore<OpenQuestion | undefined>(undefined)
  return {
    question,
    ask(asked) {
      question.get()?.answer(false)
      if (asked.typed !== undefined && !mayAsk()) return Promise.resolve(false)
      return new Promise((resolve) => {
        const open: OpenQuestion = {
          ...asked,
          answer(isYes) {
            if (question.get() === open) question.set(undefined)
            resolve(isYes)
          },
        }
        question.set(open)
      })
    },
  }
}
