import { LosslineError } from '@lossline/core'

/** An option with a value that it cannot have. Code `onnx-option`. */
export class OnnxOptionError extends LosslineError {
  override readonly name = 'OnnxOptionError'
  constructor(message: string, hint: string) {
    super({ code: 'onnx-option', message, hint })
  }
}

/** A file that is no model of ONNX, or a broken one. Code `onnx-model-file`. */
export class OnnxModelFileError extends LosslineError {
  override readonly name = 'OnnxModelFileError'
  constructor(options: { readonly message: string; readonly hint: string; readonly cause?: unknown }) {
    super({ code: 'onnx-model-file', ...options })
  }
}

/** A tensor that cannot be read as it was asked for, or cannot be put into a batch. Code `onnx-tensor`. */
export class OnnxTensorError extends LosslineError {
  override readonly name = 'OnnxTensorError'
  constructor(message: string, hint: string, cause?: unknown) {
    super({ code: 'onnx-tensor', message, hint, cause })
  }
}

/** A file that is no profile of ONNX Runtime. Code `onnx-profile`. */
export class OnnxProfileError extends LosslineError {
  override readonly name = 'OnnxProfileError'
  constructor(options: { readonly message: string; readonly hint: string; readonly cause?: unknown }) {
    super({ code: 'onnx-profile', ...options })
  }
}
