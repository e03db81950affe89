import { Worker } from 'node:worker_threads'
import { loaderArguments } from '@lossline/journal'

/** A thread that does one job after the other. */
export interface JobThread<Question, Answer> {
  /**
   * @param transferred - Memory of the question that goes to the thread.
   * @throws what the job throws; an error too when it needs more memory or time than there is, or the thread is closed.
   */
  ask(question: Question, transferred?: readonly ArrayBuffer[]): Promise<Answer>
  close(): Promise<void>
}

export interface OpenJobThreadOptions {
  /** For people who look at threads. */
  readonly name: string
  /** Of the thread's code, without its ending: it takes a message for each question and sends one for each answer. */
  readonly module: URL
  /** A job that takes longer is given up. */
  readonly jobMsMax: number
}

const idleMsMax = 30_000
const heapMegabytesMax = 256

/** Starts a thread when it is first asked, and again after it has ended. */
export function openJobThread<Question, Answer>(options: OpenJobThreadOptions): JobThread<Question, Answer> {
  const { name, jobMsMax } = options
  let worker: Worker | undefined
  let idleTimer: NodeJS.Timeout | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let isClosed = false

  const end = async (): Promise<void> => {
    clearTimeout(idleTimer)
    const ending = worker
    worker = undefined
    await ending?.terminate()
  }

  const askNow = (question: Question, transferred: readonly ArrayBuffer[]): Promise<Answer> => {
    if (isClosed) return Promise.reject(new Error(`The thread ${name} is closed.`))
    clearTimeout(idleTimer)
    worker ??= start()
    const asked = worker
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(lateTimer)
        // Not all of its listeners: Node has some of its own among them, without which no answer arrives any more.
        asked.off('error', onError).off('exit', onExit).off('message', onMessage)
      }
      const onMessage = (answer: Answer): void => {
        settle()
        resolve(answer)
      }
      // The next job gets a new thread.
      const onError = (error: unknown): void => {
        settle()
        reject(error)
        if (worker === asked) void end()
      }
      const onExit = (): void => onError(new Error(`The thread ${name} has ended.`))
      const onLate = (): void => onError(new Error(`${name} took longer than ${jobMsMax / 1000} s.`))
      const lateTimer = setTimeout(onLate, jobMsMax)
      asked.on('error', onError).on('exit', onExit).on('message', onMessage)
      asked.postMessage(question, transferred)
    })
  }

  const start = (): Worker => {
    const started = startWorker(options)
    // What a thread says that is being ended, nobody hears.
    started.on('error', () => undefined)
    started.on('exit', () => {
      if (worker === started) worker = undefined
    })
    return started
  }

  return {
    ask(question, transferred = []) {
      const answered = turn.then(() => askNow(question, transferred))
      const rest = (): void => {
        idleTimer = setTimeout(() => void end(), idleMsMax)
        idleTimer.unref()
      }
      turn = answered.then(rest, rest)
      return answered
    },
    async close() {
      isClosed = true
      await end()
      await turn
      clearTimeout(idleTimer)
    },
  }
}

function startWorker({ name, module }: OpenJobThreadOptions): Worker {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const worker = new Worker(new URL(`${module.href}.${extension}`), {
    name,
    execArgv: loaderArguments(),
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytesMax },
  })
  worker.unref()
  return worker
}
