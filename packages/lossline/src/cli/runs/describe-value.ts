import { isJsonObject, type JsonObject, type JsonValue, stringifyJson } from '@lossline/protocol'

// About two lines of a terminal.
const charactersMax = 160

/** A value of a config or summary in one line: media in a few words, and what is long with its beginning. */
export function describeValue(value: JsonValue): string {
  if (isJsonObject(value) && typeof value._type === 'string') return describeMedia(value._type, value)
  const text = stringifyJson(isJsonObject(value) || Array.isArray(value) ? withShortMedia(value) : value)
  if (text.length <= charactersMax) return text
  return `${text.slice(0, charactersMax)}… (${text.length.toLocaleString('en')} characters)`
}

/** Media inside of a nested value, in the same words. */
function withShortMedia(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withShortMedia)
  if (!isJsonObject(value)) return value
  if (typeof value._type === 'string') return describeMedia(value._type, value)
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withShortMedia(member ?? null)]))
}

function describeMedia(type: string, media: JsonObject): string {
  const { path, filenames, width, height, nrows, ncols, count, bins, artifact_path: artifactPath } = media
  const place = [path, artifactPath].find((candidate) => typeof candidate === 'string')
  return [
    type.replace(/-file$/, ''),
    ...(isCount(count) ? [`× ${count}`] : []),
    ...(isCount(width) && isCount(height) ? [`${width}×${height}`] : []),
    ...(isCount(nrows) && isCount(ncols) ? [`${nrows} rows × ${ncols} columns`] : []),
    ...(Array.isArray(bins) ? [`of ${Math.max(0, bins.length - 1)} bins`] : []),
    ...(typeof place === 'string' ? [place] : []),
    ...(Array.isArray(filenames) && typeof filenames[0] === 'string' ? [filenames[0]] : []),
  ].join(' ')
}

function isCount(value: JsonValue | undefined): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}
