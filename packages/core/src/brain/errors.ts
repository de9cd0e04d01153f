/** A model file that cannot be used: cut short, altered, of another kind, or of a version this code does not read. */
export class ModelFileError extends Error {
  override name = 'ModelFileError'
}
