import type { ConsoleStream } from '../platform.ts'

/** Told of each text that the program writes. Must not throw. */
export type ConsoleSink = (stream: ConsoleStream, text: string) => void

type Write = NodeJS.WriteStream['write']

const sinks = new Set<ConsoleSink>()
let restore: (() => void) | undefined
let isTelling = false

/**
 * Passes what the process writes to standard output and error to a sink as well, unchanged and in order. The streams'
 * own behaviour, return values and callbacks stay the same.
 *
 * @returns Ends the capture. After the last one has ended, the streams are as they were.
 */
export function captureConsole(sink: ConsoleSink): () => void {
  sinks.add(sink)
  restore ??= wrapBoth()
  return () => {
    if (!sinks.delete(sink) || sinks.size > 0) return
    restore?.()
    restore = undefined
  }
}

function wrapBoth(): () => void {
  const restoreBoth = [wrap('stdout'), wrap('stderr')]
  return () => {
    for (const restoreOne of restoreBoth) restoreOne()
  }
}

function wrap(name: ConsoleStream): () => void {
  const stream = process[name]
  const ownBefore = Object.getOwnPropertyDescriptor(stream, 'write')
  const write = stream.write
  const decoder = new TextDecoder()
  let isActive = true

  function captured(this: NodeJS.WriteStream, ...args: Parameters<Write>): boolean {
    const isWritten = Reflect.apply(write, this, args)
    if (isActive) tell(name, args[0], decoder)
    return isWritten
  }
  stream.write = captured as Write

  return () => {
    isActive = false
    // Somebody who wrapped the stream after us still calls us, and keeps a wrapper that only passes on.
    if (stream.write !== captured) return
    if (ownBefore === undefined) Reflect.deleteProperty(stream, 'write')
    else Object.defineProperty(stream, 'write', ownBefore)
  }
}

function tell(name: ConsoleStream, chunk: unknown, decoder: InstanceType<typeof TextDecoder>): void {
  // A sink that prints must not hear itself.
  if (isTelling) return
  isTelling = true
  try {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk as Uint8Array, { stream: true })
    if (text === '') return
    for (const sink of sinks) sink(name, text)
  } finally {
    isTelling = false
  }
}
