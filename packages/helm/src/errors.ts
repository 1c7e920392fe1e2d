import { defineErrors } from '@driftless/foundation'

/** Errors of rendering charts; the messages of a render are Helm's own, without its leading `Error: `. */
export const HelmErrors = defineErrors('HELM', {
  CHART_INVALID: { status: 400, message: (p: { message: string }) => p.message },
  VALUES_INVALID: { status: 400, message: (p: { message: string }) => p.message },
  SCHEMA_VIOLATION: { status: 400, message: (p: { message: string }) => p.message },
  DEPENDENCY_MISSING: { status: 400, message: (p: { message: string }) => p.message },
  RENDER_FAILED: { status: 400, message: (p: { message: string }) => p.message },
  MANIFEST_INVALID: { status: 400, message: (p: { message: string }) => p.message },
})
