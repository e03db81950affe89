import { LosslineError } from '@lossline/core'

/** An option with a value that it cannot have. Code `onnx-option`. */
export class OnnxOptionError extends LosslineError {
  override readonly name = 'OnnxOptionError'
  constructor(message: string, hint: string) {
    super({ code: 'onnx-option', message, hint })
  }
}

/** A tensor that cannot be read as it was asked for, or cannot be put into a batch. Code `onnx-tensor`. */
export class OnnxTensorError extends LosslineError {
  override readonly name = 'OnnxTensorError'
  constructor(message: string, hint: string) {
    super({ code: 'onnx-tensor', message, hint })
  }
}
