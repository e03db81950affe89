import { parseJson } from '@lossline/protocol'

/** Of media their caption: how their files are called says nothing. Of other values their JSON. */
export function shownText(json: string): string {
  if (!json.includes('"_type"')) return json
  const value = parseJson(json)
  if (typeof value !== 'object' || value === null || !('_type' in value)) return json
  return typeof value.caption === 'string' ? value.caption : ''
}
