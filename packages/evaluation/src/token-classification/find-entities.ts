import { EvaluationError, requireOneOf } from '../errors.ts'

/**
 * How tags mark entities. `'lenient'` takes all prefixes and closes what is open, as CoNLL's conlleval and seqeval's default do. The
 * others take only what is well-formed: `IOB2` (B I I), `IOE2` (I I E), `IOBES` (B I E, S alone), `BILOU` (B I L, U alone).
 */
export type TagScheme = 'lenient' | 'IOB2' | 'IOE2' | 'IOBES' | 'BILOU'

/** An entity in a list of tags. */
export interface Entity {
  /** What stands behind the prefix; `_` if nothing does. */
  readonly type: string
  /** Index of its first tag. */
  readonly start: number
  /** Index behind its last tag. */
  readonly end: number
}

/** Choices of {@link findEntities}. */
export interface FindEntitiesOptions {
  /** Default `'lenient'`. */
  readonly scheme?: TagScheme
}

/**
 * Entities of one text, from tags such as `B-PER`, `I-PER` and `O`.
 *
 * @throws EvaluationError `evaluation-label` for a tag whose prefix the scheme does not have.
 */
export function findEntities(tags: readonly string[], { scheme = 'lenient' }: FindEntitiesOptions = {}): Entity[] {
  requireOneOf('scheme', scheme, ['lenient', ...Object.keys(schemes)])
  const parsed = tags.map(parseTag)
  if (scheme === 'lenient') return findLenient(parsed)
  return findStrict(parsed, scheme)
}

/** What a tag says about its place in an entity. */
type Prefix = 'B' | 'I' | 'E' | 'S' | 'L' | 'U' | 'O'

interface Tag {
  readonly prefix: Prefix
  readonly type: string
}

const outside: Tag = { prefix: 'O', type: '_' }

function parseTag(tag: string, index: number): Tag {
  const [, prefix, type] = /^([BIESLU])(?:-(.*))?$/s.exec(tag) ?? []
  if (tag === 'O') return outside
  if (prefix === undefined) throw noTag(tag, index, 'Tags are O, or B, I, E, S, L or U with a type: B-PER.')
  // The expression lets no other letter through.
  return { prefix: prefix as Prefix, type: type || '_' }
}

/** conlleval's rules: an entity ends where the next tag cannot belong to it, and begins wherever something does. */
function findLenient(tags: readonly Tag[]): Entity[] {
  const entities: Entity[] = []
  let start: number | undefined
  let before = outside
  for (const [index, tag] of [...tags, outside].entries()) {
    const isInside = tag.prefix === 'I' || isLast(tag)
    const isOpen = start !== undefined && !isLast(before) && !isSingle(before)
    const goesOn = isOpen && isInside && tag.type === before.type
    if (start !== undefined && !goesOn) {
      entities.push({ type: before.type, start, end: index })
      start = undefined
    }
    if (tag.prefix !== 'O' && !goesOn) start = index
    before = tag
  }
  return entities
}

function isLast({ prefix }: Tag): boolean {
  return prefix === 'E' || prefix === 'L'
}

function isSingle({ prefix }: Tag): boolean {
  return prefix === 'S' || prefix === 'U'
}

/** Which prefixes a scheme has. Without `first`, entities begin with `inside`; without `last`, they end before what is not. */
const schemes: Record<
  Exclude<TagScheme, 'lenient'>,
  { first?: Prefix; inside: Prefix; last?: Prefix; single?: Prefix }
> = {
  IOB2: { first: 'B', inside: 'I' },
  IOE2: { inside: 'I', last: 'E' },
  IOBES: { first: 'B', inside: 'I', last: 'E', single: 'S' },
  BILOU: { first: 'B', inside: 'I', last: 'L', single: 'U' },
}

function findStrict(tags: readonly Tag[], name: Exclude<TagScheme, 'lenient'>): Entity[] {
  const { first, inside, last, single } = schemes[name]
  const entities: Entity[] = []
  let open: { type: string; start: number } | undefined
  for (const [index, tag] of [...tags, outside].entries()) {
    const { prefix, type } = tag
    if (prefix !== 'O' && ![first, inside, last, single].includes(prefix)) {
      throw noTag(`${prefix}-${type}`, index, `The scheme ${name} does not have it; 'lenient' takes all.`)
    }
    const goesOn = open?.type === type && (prefix === inside || prefix === last)
    if (!goesOn) {
      if (open !== undefined && last === undefined) entities.push({ ...open, end: index })
      open = undefined
    }
    const begins = prefix === (first ?? inside) || prefix === single || (first === undefined && prefix === last)
    if (!goesOn && begins) open = { type, start: index }
    if (open !== undefined && (prefix === last || prefix === single)) {
      entities.push({ ...open, end: index + 1 })
      open = undefined
    }
  }
  return entities
}

function noTag(tag: string, index: number, hint: string): EvaluationError {
  return new EvaluationError({
    code: 'evaluation-label',
    message: `Tag ${index} is ${JSON.stringify(tag)}, which marks no entity.`,
    hint,
  })
}
