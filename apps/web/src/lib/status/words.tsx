'use client'

import type { OperationPhase } from '@driftless/model'
import { StatusWord } from '@driftless/ui'
import { useTranslate } from '../i18n/use-translate.ts'
import { type Presentation, presentHealth, presentOperation, presentSync } from './tones.ts'

interface WordProps {
  readonly size?: 14 | 16
  readonly title?: string | undefined
}

/** The sync status as icon, word and colour. */
export function SyncWord({ status, ...rest }: WordProps & { readonly status: string | undefined }) {
  return <PresentationWord presentation={presentSync(status)} {...rest} />
}

/** The health status as icon, word and colour. */
export function HealthWord({ status, ...rest }: WordProps & { readonly status: string | undefined }) {
  return <PresentationWord presentation={presentHealth(status)} {...rest} />
}

/** The state of an operation as icon, word and colour. */
export function OperationWord({
  phase,
  kind,
  ...rest
}: WordProps & {
  readonly phase: OperationPhase | undefined
  readonly kind?: 'sync' | 'rollback' | 'delete' | undefined
}) {
  return <PresentationWord presentation={presentOperation(phase, kind)} {...rest} />
}

function PresentationWord({ presentation, size = 16, title }: WordProps & { readonly presentation: Presentation }) {
  const t = useTranslate()
  return (
    <StatusWord icon={presentation.icon} size={size} title={title} tone={presentation.tone}>
      {t(presentation.key)}
    </StatusWord>
  )
}
