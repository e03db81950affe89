import { defaultViewState, parseViewState, type SearchParams, toSearchParams } from '../address/url-state.ts'
import { type JsonObject, objectAt, withObject } from './json.ts'
import { readSettings, writeSettings } from './panel-settings.ts'

/** What a spec's settings say of all charts, as keys and values of a page's address. */
export function readViewParams(section: JsonObject): SearchParams {
  const settings = readSettings(objectAt(section, 'settings'))
  const { x, smoothing, isLogX = false, yScale = 'linear', ignoresOutliers = false } = settings
  return toSearchParams({
    ...defaultViewState,
    x: x ?? defaultViewState.x,
    smoothing: smoothing ?? defaultViewState.smoothing,
    isLogX,
    yScale,
    ignoresOutliers,
  })
}

/** Tells W&B's programs the same, as far as they have words for it. */
export function writeViewParams(section: JsonObject, params: SearchParams): JsonObject {
  const view = parseViewState(params)
  return withObject(section, 'settings', (settings) =>
    writeSettings(
      {
        ...readSettings(settings),
        x: view.x.kind === 'auto' ? undefined : view.x,
        smoothing: view.smoothing.kind === 'none' ? undefined : view.smoothing,
        isLogX: view.isLogX || undefined,
        yScale: view.yScale === 'linear' ? undefined : view.yScale,
        ignoresOutliers: view.ignoresOutliers || undefined,
      },
      settings,
    ),
  )
}
