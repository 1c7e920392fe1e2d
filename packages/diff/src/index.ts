// The front door of @driftless/diff: explicit names only.
export { compare } from './compare.ts'
export { type CompareRequest, type Comparison, defaultManager, type Strategy } from './compare-request.ts'
export { invalidExpressions } from './ignore/apply-rules.ts'
export { respectIgnored } from './ignore/respect-ignored.ts'
export type { KnownTypeField } from './normalise/known-type-fields.ts'
export { lastAppliedOf } from './predict/last-applied.ts'
export { hideDifferences, hideSecrets, type SecretStates } from './present/hide-secrets.ts'
