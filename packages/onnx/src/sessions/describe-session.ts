import type { SessionLike, ValueMetadataLike } from '../onnx-like.ts'

/** What is known of a session, as the config of a run holds it. */
export type SessionFacts = Readonly<Record<string, unknown>>

const factsOfSessions = new WeakMap<object, SessionFacts>()

/** Keeps what was known when a session was opened and it does not say itself: its model, its options. */
export function rememberFacts(session: object, facts: SessionFacts): void {
  factsOfSessions.set(session, facts)
}

/** Inputs and outputs with type and shape, such as `float32[batch,1,8,8]`, and what {@link rememberFacts} was given. */
export function describeSession(session: SessionLike): SessionFacts {
  return {
    inputs: describeValues(session.inputNames, session.inputMetadata),
    outputs: describeValues(session.outputNames, session.outputMetadata),
    ...factsOfSessions.get(session),
  }
}

function describeValues(
  names: readonly string[] = [],
  metadata: readonly ValueMetadataLike[] = [],
): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => {
      const known = metadata.find((value) => value.name === name)
      return [name, known?.isTensor === true ? `${known.type}[${known.shape?.join(',') ?? ''}]` : 'unknown']
    }),
  )
}
