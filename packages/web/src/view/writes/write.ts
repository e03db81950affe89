import type { RunEdit } from '@lossline/protocol'

/** What a change of the page's makes of things that are on it, whatever the server has answered so far. */
export type ShownEdit =
  | {
      readonly kind: 'runs'
      readonly entity: string
      readonly project: string
      readonly runIds: readonly string[]
      readonly edit: RunEdit
      readonly addTags?: readonly string[]
      readonly removeTags?: readonly string[]
      /** They leave the lists. */
      readonly isGone?: boolean
      /** Their programs are asked to end. */
      readonly isStopRequested?: boolean
    }
  | {
      readonly kind: 'project'
      readonly entity: string
      readonly project: string
      readonly edit: ProjectFields
    }
  /** Nothing until it is sent; then what has these words in front of its keys is asked for anew. */
  | {
      readonly kind: 'later'
      readonly entity: string
      readonly project: string
      readonly in: readonly string[]
    }

/** What is changed of a project; lists as a whole. */
export interface ProjectFields {
  readonly description?: string
  readonly tags?: readonly string[]
  readonly protectedAliases?: readonly string[]
}

/** A change on its way to the server. Sending one twice makes no difference. Plain JSON: a reload brings it back. */
export interface Write {
  readonly id: string
  /** What is done, in words that go on from "Could not": `rename calm-river-3`. */
  readonly what: string
  /** The operation of the API, and what goes with it. */
  readonly name: string
  readonly path: Readonly<Record<string, string>>
  readonly body: unknown
  readonly shows: readonly ShownEdit[]
  /** What this browser keeps until it is sent, by its key. */
  readonly forgets?: string
  /** It is made now or not at all: it waits for no server that is away, outlives no reload and is not offered again. */
  readonly onlyNow?: OnlyNow
}

/** Why a change is made now or not at all, in sentences. */
export interface OnlyNow {
  /** Where it was not made: why not later, and what else can be done. */
  readonly advice: string
  /** Where it was sent and never answered: what may have come of it. */
  readonly maybe: string
}

/**
 * What came of a change: an answer, a refusal, it waits for the server, or it could not wait and, if it was sent at all, nobody
 * knows. People were told of refusals and of what is lost.
 */
export type WriteOutcome =
  | { readonly kind: 'sent'; readonly answer: unknown }
  | { readonly kind: 'refused' }
  | { readonly kind: 'waits' }
  | { readonly kind: 'lost' }

/** What browsers kept of changes that wait; nothing of what is none. */
export function parseWrites(kept: unknown): readonly Write[] {
  if (!Array.isArray(kept)) return []
  return kept.filter(
    (one): one is Write =>
      typeof one === 'object' &&
      one !== null &&
      typeof one.id === 'string' &&
      typeof one.what === 'string' &&
      typeof one.name === 'string' &&
      typeof one.path === 'object' &&
      Array.isArray(one.shows),
  )
}
