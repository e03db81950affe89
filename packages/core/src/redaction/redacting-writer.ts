import type { RunWriter } from '@lossline/journal'
import type { ConfigRecord, WandbRecordBody } from '@lossline/protocol'
import { toInternalConfig } from '../run/run-records.ts'
import { redactMetadata } from './redact-metadata.ts'
import { mapTexts } from './redact-record.ts'
import type { Redactor } from './redaction.ts'
import { createStreamRedactor } from './stream-redactor.ts'

/** How many places a record of {@link toInternalConfig} lists; `undefined` for other records. */
function maybePlaceCount({ update = [] }: ConfigRecord): number | undefined {
  const item = update.find(({ nestedKey = [] }) => nestedKey.join('.') === '_wandb.lossline.redacted')
  const places: unknown = item?.valueJson === undefined ? undefined : JSON.parse(item.valueJson)
  return Array.isArray(places) ? places.length : undefined
}

type SlowItems = Parameters<RunWriter['updateSummary']>[0]

/**
 * A writer that lets no known secret through, whatever it is that the run records: texts in rows and in the summary, notes,
 * records of any kind, and what the program prints, also where a secret comes in two pieces. At the end the run says what
 * was hidden.
 */
export function createRedactingWriter(writer: RunWriter, redactor: Redactor): RunWriter {
  const streams = new Map<string, ReturnType<typeof createStreamRedactor>>()
  const endings = new Map<string, WandbRecordBody & { kind: 'outputRaw' }>()
  let toldCount = 0
  let isEnded = false

  const streamOf = (name: string): ReturnType<typeof createStreamRedactor> => {
    const stream = streams.get(name) ?? createStreamRedactor(redactor, 'console')
    streams.set(name, stream)
    return stream
  }

  const append = (body: WandbRecordBody): void => {
    if (body.kind === 'outputRaw') appendOutput(body)
    else appendWithout(body.kind === 'artifact' ? redactMetadata(body, redactor) : body)
    // The run's own list of places is told again only when there are more.
    if (body.kind === 'config') toldCount = maybePlaceCount(body.config) ?? toldCount
  }

  const appendWithout = (body: WandbRecordBody): void => {
    writer.append(redactor.hasNoSecrets ? body : mapTexts(body, (text) => redactor.known(text, body.kind)))
  }

  const appendOutput = (body: WandbRecordBody & { kind: 'outputRaw' }): void => {
    const name = body.outputRaw.outputType ?? 'stderr'
    const line = streamOf(name).push(body.outputRaw.line ?? '')
    endings.set(name, body)
    if (line !== '') writer.append({ ...body, outputRaw: { ...body.outputRaw, line } })
  }

  const redactItems = (items: SlowItems, place: string): SlowItems => {
    if (redactor.hasNoSecrets) return items
    return items.map((item) => ('json' in item ? { ...item, json: redactor.known(item.json, place) } : item))
  }

  const end = (): void => {
    for (const [name, body] of endings) {
      const line = streamOf(name).flush()
      if (line !== '') writer.append({ ...body, outputRaw: { ...body.outputRaw, line } })
    }
    endings.clear()
    const { places } = redactor
    if (places.length <= toldCount) return
    toldCount = places.length
    writer.append({ kind: 'config', config: toInternalConfig('redacted', places) })
  }

  return {
    journalPath: writer.journalPath,
    runDirectory: writer.runDirectory,
    problems: writer.problems,
    get step() {
      return writer.step
    },
    // Rows of numbers, nearly all that there are, hold no texts.
    tryLogNumbers: (metrics, step) => writer.tryLogNumbers(metrics, step),
    logRow: (row) => writer.logRow({ ...row, items: redactItems(row.items, 'history') }),
    commit: () => writer.commit(),
    append,
    defineMetric: (metric) => writer.defineMetric(metric),
    restore: (earlier) =>
      writer.restore({
        ...earlier,
        summary: earlier.summary.map(({ path, json }) => ({ path, json: redactor.known(json, 'summary') })),
      }),
    updateSummary: (update, remove) => writer.updateSummary(redactItems(update, 'summary'), remove),
    readSummary: () => writer.readSummary(),
    flush: () => writer.flush(),
    flushSync: () => writer.flushSync(),
    stopWaiting: () => writer.stopWaiting(),
    finish(options) {
      endOnce()
      return writer.finish(options)
    },
    finishSync(options) {
      endOnce()
      return writer.finishSync(options)
    },
  }

  // A run may be ended twice: by the program, and by the exit of its process.
  function endOnce(): void {
    if (isEnded) return
    isEnded = true
    end()
  }
}
