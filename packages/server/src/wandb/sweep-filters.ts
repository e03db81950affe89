import type { JsonValue } from '@lossline/protocol'
import type { SweepRow } from '@lossline/store'
import { sweepOutline } from '../domain/sweeps/sweep-overview.ts'
import type { ReadField } from '../filters/apply-filter.ts'
import type { FilterFields, ValueField } from '../filters/parse-filter.ts'
import { parseInstant } from '../filters/parse-instant.ts'
import { toGlobalId } from './artifacts/global-ids.ts'

/** Fields of sweeps in filters of W&B's client. */
export const sweepField: FilterFields<ReadField<SweepRow>> = (name) => sweepFields.get(name)

type Field = ValueField<ReadField<SweepRow>>

/** '' is no value. */
const text = (read: (sweep: SweepRow) => string): Field => ({
  kind: 'value',
  path: (sweep) => [read(sweep)].filter((value) => value !== ''),
})
const time = (read: (sweep: SweepRow) => number): Field => ({
  kind: 'value',
  path: (sweep) => [read(sweep)],
  toOperand: parseInstant,
})
/** The client says states in capitals. */
const toState = (operand: JsonValue): JsonValue => (typeof operand === 'string' ? operand.toLowerCase() : operand)

const displayName = text(({ displayName }) => displayName)
const createdAt = time(({ createdAtMs }) => createdAtMs)
const updatedAt = time(({ updatedAtMs }) => updatedAtMs)

const sweepFields: ReadonlyMap<string, Field> = new Map(
  Object.entries<Field>({
    id: text(({ id }) => toGlobalId('Sweep', id)),
    name: text(({ name }) => name),
    displayName,
    display_name: displayName,
    description: text(({ description }) => description),
    state: { ...text(({ state }) => state), toOperand: toState },
    method: text((sweep) => sweepOutline(sweep).config?.method ?? 'custom'),
    username: text(({ username }) => username),
    createdAt,
    created_at: createdAt,
    updatedAt,
    updated_at: updatedAt,
  }),
)
