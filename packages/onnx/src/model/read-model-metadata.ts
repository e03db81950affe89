import { OnnxModelFileError } from '../errors.ts'
import { type ByteSource, ofBytes } from './byte-source.ts'
import type { ModelMetadata } from './model-metadata.ts'
import { findExternalData, withModelFile } from './node/model-file.ts'
import { type ParsedModel, parseModel } from './parse-model.ts'
import { ProtobufError } from './protobuf-reader.ts'

/**
 * Reads what a model's file says about it: operator sets, producer, properties, inputs and outputs, operators, numbers of
 * parameters, files of weights. It reads by position and leaves the weights out, so that it reads little however large the
 * file is.
 *
 * @param model - Path or `file:` address of the file, or its bytes.
 * @throws OnnxModelFileError for a file that is no model, is broken, or is not there; its message says what it is instead, or where
 *   it breaks.
 * @example
 * const { opsets, properties } = await readModelMetadata('yolo.onnx')
 * console.log(opsets['ai.onnx'], properties.names)
 */
export async function readModelMetadata(model: string | URL | Uint8Array | ArrayBuffer): Promise<ModelMetadata> {
  if (typeof model === 'string' || model instanceof URL) {
    return withModelFile(model, async (source, path) => {
      const { externalLocations, ...parsed } = await parse(source, path)
      return { ...parsed, externalData: await findExternalData(path, externalLocations) }
    })
  }
  const source = ofBytes(model instanceof Uint8Array ? model : new Uint8Array(model))
  const { externalLocations, ...parsed } = await parse(source, 'The model')
  return { ...parsed, externalData: externalLocations.map((location) => ({ location, sizeBytes: undefined })) }
}

async function parse(source: ByteSource, what: string): Promise<ParsedModel> {
  const known = await recognise(source)
  if (known !== undefined) throw notAModel(what, known.is, known.hint)
  try {
    const model = await parseModel(source)
    if (model !== undefined) return model
  } catch (cause) {
    if (!(cause instanceof ProtobufError)) throw cause
    throw new OnnxModelFileError({
      message: `${what} is no whole ONNX model: ${cause.message}.`,
      hint: 'Export it again, or fetch it again and compare its size.',
      cause,
    })
  }
  throw notAModel(what, 'no ONNX model: it has no graph', 'Pass the .onnx file.')
}

const fetchHint = 'Fetch the file itself.'

/** Files that people have instead of a model, by how they begin. */
const lookalikes: readonly { readonly begins: RegExp; readonly is: string; readonly hint: string }[] = [
  { begins: /^$/, is: 'empty', hint: 'Export or fetch it again.' },
  { begins: /^version https:\/\/git-lfs/, is: 'a pointer of Git LFS', hint: 'Run git lfs pull.' },
  { begins: /^\s*<(!doctype|html|\?xml)/i, is: 'a web page', hint: fetchHint },
  { begins: /^PK/, is: 'a ZIP archive', hint: 'Unpack it, or pass the .onnx file that it was exported to.' },
  {
    begins: /^[\s\S]{4}ORTM/,
    is: "a model in ONNX Runtime's own format",
    hint: 'It holds no metadata: pass the .onnx file that it was made from.',
  },
  { begins: /^\s*\{/, is: 'a JSON file', hint: 'Pass the .onnx file.' },
]

async function recognise(source: ByteSource): Promise<(typeof lookalikes)[number] | undefined> {
  const beginning = new TextDecoder('latin1').decode(await source.read(0, 64))
  return lookalikes.find(({ begins }) => begins.test(beginning))
}

function notAModel(what: string, is: string, hint: string): OnnxModelFileError {
  return new OnnxModelFileError({ message: `${what} is ${is}.`, hint })
}
