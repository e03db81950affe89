import type { JsonObject, JsonValue } from '@lossline/protocol'
import { boxesToJson, masksToJson } from './image-layers.ts'
import type { MediaConversion } from './media-conversion.ts'
import type { ImageSnapshot } from './media-snapshot.ts'
import { storeMedia } from './store-media.ts'

/** An image as one value. */
export function imageToJson(image: ImageSnapshot, conversion: MediaConversion): JsonObject {
  const { content, extension, width, height, caption, grouping, boxes, masks } = image
  const base = storeMedia({ type: 'image-file', folder: 'images', extension, content, caption }, conversion)
  return {
    ...base,
    format: extension.slice(1),
    width,
    height,
    ...(grouping === undefined ? {} : { grouping }),
    ...(boxes === undefined ? {} : { boxes: boxesToJson(boxes, conversion) }),
    ...(masks === undefined ? {} : { masks: masksToJson(masks, conversion) }),
  }
}

/** Images of one key: their common size is that of the first one. */
export function imagesToJson(images: readonly ImageSnapshot[], conversion: MediaConversion): JsonObject {
  const objects = images.map((image) => imageToJson(image, conversion))
  const { width, height, format } = objects[0] as JsonObject
  return {
    _type: 'images/separated',
    width: width as JsonValue,
    height: height as JsonValue,
    format: format as JsonValue,
    count: images.length,
    filenames: objects.map(({ path }) => path as JsonValue),
    // W&B's client asks the first image alone whether there are captions.
    ...(images[0]?.caption === undefined ? {} : { captions: images.map(({ caption }) => caption ?? null) }),
    ...layersOf('all_masks', objects, 'masks'),
    ...layersOf('all_boxes', objects, 'boxes'),
  }
}

function layersOf(name: string, objects: readonly JsonObject[], label: 'masks' | 'boxes'): JsonObject {
  if (objects.every((object) => object[label] === undefined)) return {}
  return { [name]: objects.map((object) => object[label] ?? null) }
}
