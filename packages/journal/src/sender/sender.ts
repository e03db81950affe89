import { stat } from 'node:fs/promises'
import { aborted, sleep, systemClock, waitAtMost } from './clock.ts'
import { createRunSending } from './run-sending.ts'
import { SendError } from './send-error.ts'
import type { Sender, SenderOptions, SendReport } from './sender-types.ts'
import { createTransmitPace } from './transmit-pace.ts'
import { readUnreadWork } from './unread-work.ts'
import { mergeUnsent } from './uploads/unsent.ts'

const pollIntervalMs = 100
const uploadWaitMaxMs = 30_000

/** Makes the sender of one run folder to one server. Nothing is read or sent yet. */
export function createSender(options: SenderOptions): Sender {
  const { runDirectory, journalPath, clock = systemClock } = options
  const closing = new AbortController()
  const signal = options.signal === undefined ? closing.signal : AbortSignal.any([options.signal, closing.signal])
  const sending = createRunSending(options, clock, signal)
  const { marks, stream } = sending
  let queue: Promise<unknown> = Promise.resolve()

  /** Calls that overlap wait for each other. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = queue.then(work)
    queue = result.catch(() => undefined)
    return result
  }

  /** Whether an earlier sender has done it all, so that the server need not be asked. */
  async function isDone(): Promise<boolean> {
    if (!marks.isExitSent || sending.isRepair || marks.readOffset > 0) return false
    return (await stat(journalPath)).size <= marks.acknowledgedOffset
  }

  async function heartbeatIfDue(): Promise<void> {
    // A run that has ended would go on.
    if (!sending.isRepair) await stream.heartbeatIfDue()
  }

  async function sendOnce(waitsForUploads: boolean): Promise<SendReport> {
    if (signal.aborted) throw aborted()
    const uploads = await sending.open()
    if (await isDone()) return sending.toReport()
    await sending.read()
    await sending.flush(!waitsForUploads)
    if (!waitsForUploads) return sending.toReport()
    while (!uploads.isIdle && sending.hasRun) {
      await waitAtMost(uploads.settled(), { clock, durationMs: uploadWaitMaxMs, signal })
      if (signal.aborted) throw aborted()
      await sending.flush()
      await heartbeatIfDue()
    }
    await sending.flush()
    await sending.alerts.settled()
    await sending.saveIfChanged()
    return sending.toReport()
  }

  async function followToEnd(): Promise<void> {
    const pace = createTransmitPace(options.target)
    await sending.open()
    if (await isDone()) return
    let flushedOffset: number | undefined
    while (!marks.isExitSent) {
      await sending.read()
      const beganMs = clock.now()
      if (sending.isEndRead || pace.isDue(beganMs, marks.readOffset !== flushedOffset)) {
        const { requestCount } = stream
        flushedOffset = marks.readOffset
        await sending.flush(true)
        pace.noteFlush(beganMs, clock.now(), stream.requestCount - requestCount)
      }
      const isWithoutRun = sending.isEndRead && !sending.hasRun
      if (marks.isExitSent || isWithoutRun) break
      await heartbeatIfDue()
      await sleep(clock, pollIntervalMs, signal)
    }
    await sending.alerts.settled()
  }

  return {
    sendAvailable: ({ waitsForUploads = true } = {}) => inTurn(() => sendOnce(waitsForUploads)),
    run: () =>
      inTurn(async () => {
        try {
          if (options.follow) await followToEnd()
          else await sendOnce(true)
          return sending.toReport()
        } catch (error) {
          return sending.toReport(toSendError(error))
        }
      }),
    heartbeat: () => (signal.aborted ? Promise.resolve() : stream.heartbeat()),
    readUnsent: () =>
      inTurn(async () =>
        mergeUnsent(sending.unsentNow(), await readUnreadWork(runDirectory, journalPath, marks.readOffset)),
      ),
    async close() {
      closing.abort()
      await queue
      await sending.settled()
      await sending.saveIfChanged()
    },
  }
}

function toSendError(error: unknown): SendError {
  if (error instanceof SendError) return error
  const reason = error instanceof Error ? error.message : String(error)
  return new SendError({ code: 'send-aborted', message: `The run cannot be sent: ${reason}`, cause: error })
}
