import { isRawImageLike, isRecord, isTensorLike } from '../transformers-like.ts'
import { inputColumns, toImage } from './input-columns.ts'
import type { RowColumns, RowPart } from './row-part.ts'
import { describeNumbers } from './tensors.ts'

/** An image made of an image, which shows what was on it. */
export function summarisePictures(part: RowPart): RowColumns {
  const [picture] = Array.isArray(part.output) ? part.output : [part.output]
  const size = isRawImageLike(picture) ? `${picture.width} × ${picture.height}` : null
  return {
    input: inputColumns(part),
    output: { output_size: size },
    quoting: { output: isRawImageLike(picture) ? toImage(picture) : null },
  }
}

/** How far things are away: as an image, and the range of the distances. */
export function summariseDepth(part: RowPart): RowColumns {
  const { depth, predicted_depth: predicted } = isRecord(part.output) ? part.output : {}
  const { min, max, mean } = isTensorLike(predicted)
    ? describeNumbers(predicted.data)
    : { min: null, max: null, mean: null }
  return {
    input: inputColumns(part),
    output: { depth_min: min, depth_max: max, depth_mean: mean },
    quoting: { depth: isRawImageLike(depth) ? toImage(depth) : null },
  }
}
