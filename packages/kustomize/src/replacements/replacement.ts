import type { Selector } from '../selectors/selector.ts'

/** How a value is taken out of, or put into, a text. */
export interface FieldOptions {
  readonly delimiter?: string
  readonly index?: number
  readonly encoding?: string
  readonly create?: boolean
}

/** The one object, and the field in it, that a value comes from. */
export interface ReplacementSource {
  readonly group?: string
  readonly version?: string
  readonly kind?: string
  readonly name?: string
  readonly namespace?: string
  readonly fieldPath?: string
  readonly options?: FieldOptions
}

/** Objects and fields that a value goes to. */
export interface ReplacementTarget {
  readonly select?: Selector
  readonly reject?: readonly Selector[]
  readonly fieldPaths?: readonly string[]
  readonly options?: FieldOptions
}

/** A value that is copied from one field to others. */
export interface Replacement {
  readonly source?: ReplacementSource
  readonly sourceValue?: string
  readonly targets?: readonly ReplacementTarget[]
}
