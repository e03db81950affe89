import { expect, test } from 'vitest'
import { mediaPanel, withLook } from '../panels/media-panel.ts'
import { colorOfClass, layerChoices, plainLayers, textColorOn, withClassColor } from './layer-view.ts'
import { lookJson, lookText, type MediaLook, parseLookText, plainLook, readLook } from './media-look.ts'
import { mediaCodec } from './media-state.ts'

const chosen: MediaLook = {
  layers: {
    hiddenLayers: new Set(['ground truth']),
    hiddenClasses: new Set([2, 10]),
    opacity: 0.2,
    boxOpacity: 0.5,
    classColors: new Map([[1, '#00ff00']]),
    scoreName: 'acc',
    scoreMin: 0.75,
  },
  texts: 'raw',
}

test('what is chosen of layers and texts comes back from a view and from an address; defaults leave no trace', () => {
  expect(readLook(lookJson(chosen) ?? {})).toEqual(chosen)
  const config = { mediaKeys: ['a'], lossline: { pictureHeight: 64, unknown: 1 } }
  const kept = withLook(config, chosen)
  expect(mediaPanel.parse(kept).look).toEqual(chosen)
  expect(kept.lossline).toMatchObject({ pictureHeight: 64, unknown: 1 })
  expect(withLook(kept, plainLook)).toEqual(config)
  const state = mediaCodec.parse(mediaCodec.stringify({ ...mediaCodec.parse({}), look: chosen }))
  expect(state.look).toEqual(chosen)
  expect(lookText(plainLook)).toBeUndefined()
})

test('a score of which the least counts is kept without a limit', () => {
  const look = { ...plainLook, layers: { ...plainLayers, scoreName: 'acc', scoreMin: Number.NEGATIVE_INFINITY } }
  expect(parseLookText(lookText(look))).toEqual(look)
})

test('an address that says something else changes nothing', () => {
  for (const text of ['', '{', 'null', '3', '"x"', '[]']) expect(parseLookText(text)).toEqual(plainLook)
  const odd =
    '{"maskOpacity":7,"boxOpacity":"x","classColors":{"1":"red","x":"#000000"},"hiddenClasses":["a"],"texts":1}'
  expect(parseLookText(odd)).toEqual({ ...plainLook, layers: { ...plainLayers, opacity: 1 } })
})

test('a class has the colour that somebody chose, its own again where that is chosen, and a name that can be read on it', () => {
  const green = withClassColor(plainLayers, 1, '#00ff00')
  expect([colorOfClass(green, 1), colorOfClass(green, 2)]).toEqual(['#00ff00', colorOfClass(plainLayers, 2)])
  expect(withClassColor(green, 1, colorOfClass(plainLayers, 1)).classColors.size).toBe(0)
  expect(['#00ff00', '#ffffff', '#24326b', '#000000'].map(textColorOn)).toEqual([
    '#000000',
    '#000000',
    '#ffffff',
    '#ffffff',
  ])
})

test('opacities are offered for what is there', () => {
  const box = { left: 0, top: 0, width: 1, height: 1, classId: 1, label: 'cat' }
  const boxes = layerChoices([{ boxes: [{ name: 'p', boxes: [box] }] }])
  expect([boxes.hasBoxes, boxes.hasMasks]).toEqual([true, false])
  const masks = layerChoices([{ masks: [{ name: 'm', url: '', labels: {} }] }])
  expect([masks.hasBoxes, masks.hasMasks]).toEqual([false, true])
})
