/**
 * A model file that cannot be used. `code` is `model_file_version` where it is of another kind or version than this code reads (train
 * again), and `model_file_damaged` where it was cut short, altered or is no model file.
 */
export class ModelFileError extends Error {
  override name = 'ModelFileError'
  readonly code: 'model_file_version' | 'model_file_damaged'

  constructor(message: string, { code = 'model_file_damaged', ...options }: ModelFileErrorOptions = {}) {
    super(message, options)
    this.code = code
  }
}

interface ModelFileErrorOptions extends ErrorOptions {
  readonly code?: ModelFileError['code']
}
