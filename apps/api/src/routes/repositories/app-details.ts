import type { Routes } from '@driftless/contract'
import type { AppDetails } from '@driftless/render'
import type { z } from 'zod'

/** What the renderer says of a directory, as the contract answers it. */
export function presentDetails(details: AppDetails): z.output<Routes['getAppDetails']['response']> {
  const { type, helm, kustomize, directory } = details
  return {
    type,
    ...(helm === undefined
      ? {}
      : {
          helm: {
            name: helm.name,
            valueFiles: [...helm.valueFiles],
            values: helm.values,
            parameters: helm.parameters.map(({ name, value }) => ({ name, value })),
          },
        }),
    ...(kustomize === undefined ? {} : { kustomize: { images: [...kustomize.images] } }),
    ...(directory === undefined ? {} : { directory: {} }),
  }
}
