import { booleanAt, type JsonObject, textAt } from '../workspace/json.ts'

/** W&B's names of what a run itself has, as our queries have them. */
const fields: Readonly<Record<string, string>> = {
  group: 'run.group',
  jobType: 'run.jobType',
  state: 'run.state',
  username: 'run.user',
  displayName: 'run.name',
  name: 'run.id',
}

/** By what a line chart puts runs together: `lr.value` is `config.lr`. None: it says that it does not; undefined: it says nothing. */
export function readGroupKeys(config: JsonObject): readonly string[] | undefined {
  if (booleanAt(config, 'aggregate') === false) return []
  const key = textAt(config, 'groupBy')
  if (key === undefined || key === '') return undefined
  if (key === 'None') return []
  const field = fields[key]
  if (field !== undefined) return [field]
  return [`config.${key.replace('.value', '')}`]
}
