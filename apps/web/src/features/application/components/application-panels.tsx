'use client'

import type { PageProps } from '../logic/page-props.ts'
import { ConditionsPanel } from './conditions-panel.tsx'
import { DeleteApplicationDialog } from './delete-application-dialog.tsx'
import { DetailsPanel } from './details-panel.tsx'
import { OperationPanel } from './operation-panel.tsx'
import { SyncPanel } from './sync-panel.tsx'

/** Panels and dialogs over the page; the address says which are open. */
export function ApplicationPanels(props: PageProps) {
  const { state } = props
  return (
    <>
      {state.deploy === undefined ? null : <SyncPanel {...props} deploy={state.deploy} />}
      {state.operation ? <OperationPanel {...props} /> : null}
      {state.conditions ? <ConditionsPanel {...props} /> : null}
      {state.details ? <DetailsPanel {...props} /> : null}
      {state.deleting ? <DeleteApplicationDialog {...props} /> : null}
    </>
  )
}
