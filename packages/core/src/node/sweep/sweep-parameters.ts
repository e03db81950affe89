import { readFile } from 'node:fs/promises'
import { isJsonObject, type JsonObject } from '@lossline/protocol'
import { SweepParametersError } from '../../errors.ts'

/**
 * Reads the file that agents write for the programs that they start: YAML, `wandb_version` beside `{ value }` by name.
 *
 * @throws {@link SweepParametersError}
 */
export async function readSweepParameters(path: string): Promise<JsonObject> {
  try {
    const text = await readFile(path, 'utf8')
    // Only programs that an agent has started need it.
    const { parseYaml, toPlainValue } = await import('@lossline/sweeps')
    const values = toPlainValue(parseYaml(text))
    if (!isJsonObject(values)) throw new Error('It holds no parameters by name.')
    return Object.fromEntries(
      Object.entries(values).flatMap(([name, entry]) =>
        isJsonObject(entry) && 'value' in entry ? [[name, entry.value!]] : [],
      ),
    )
  } catch (cause) {
    throw new SweepParametersError(path, cause)
  }
}
