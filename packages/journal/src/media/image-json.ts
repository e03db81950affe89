import type { JsonObject, JsonValue } from '@lossline/protocol'
import type { MediaConversion } from './media-conversion.ts'
import type { ImageSnapshot } from './media-snapshot.ts'
import { storeMedia } from './store-media.ts'

/** An image as one value. */
export function imageToJson(image: ImageSnapshot, conversion: MediaConversion): JsonObject {
  const { content, extension, width, height, caption, grouping } = image
  const base = storeMedia({ type: 'image-file', folder: 'images', extension, content, caption }, conversion)
  return {
    ...base,
    format: extension.slice(1),
    width,
    height,
    ...(grouping === undefined ? {} : { grouping }),
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
    ...(images[0]?.caption === undefined ? {} : { captions: images.map(({ caption }) => caption ?? null) }),
  }
}
