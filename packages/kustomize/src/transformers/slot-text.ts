import { type FieldSlot, fillSlot } from '../config/field-spec.ts'
import { KustomizeErrors } from '../errors.ts'
import { isScalar, resolvePlain } from '../values/scalar.ts'
import { nodeKind, setText } from '../values/tree.ts'

/** Gives a scalar another text; what its type is follows from the text, unless it is quoted. */
export function setSlotText(slot: FieldSlot, text: string): void {
  guardScalar(slot.value)
  if (Array.isArray(slot.holder)) fillSlot(slot, typeof slot.value === 'string' ? text : resolvePlain(text))
  else setText(slot.holder, slot.key as string, text)
}

/** Fails for anything but a scalar. */
export function guardScalar(value: unknown): void {
  if (!isScalar(value)) {
    throw KustomizeErrors.MERGE({ reason: `wrong node kind: expected ScalarNode but got ${nodeKind(value)}` })
  }
}
