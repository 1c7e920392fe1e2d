import { expect } from '@playwright/test'
import type { Product } from './product.ts'

type Application = Awaited<ReturnType<Product['api']['call']>> & {
  status?: { sync?: { status: string }; health?: { status: string } }
}

export interface NewApplication {
  readonly name: string
  readonly repoURL: string
  readonly path: string
  readonly revision: string
  readonly namespace?: string
  readonly automated?: boolean
}

/** Creates an application over the REST API, as automation would. */
export async function createApplication(product: Product, app: NewApplication): Promise<void> {
  await product.api.call('createApplication', {
    body: {
      metadata: { name: app.name },
      spec: {
        project: 'default',
        source: { repoURL: app.repoURL, path: app.path, targetRevision: app.revision },
        destination: { name: 'in-cluster', namespace: app.namespace ?? 'default' },
        syncPolicy: {
          ...(app.automated === true ? { automated: { prune: true, selfHeal: true } } : {}),
          syncOptions: ['CreateNamespace=true'],
        },
      },
    },
  })
}

/** Waits for the sync and health words of an application. */
export async function expectStatus(product: Product, name: string, sync: string, health: string): Promise<void> {
  await expect
    .poll(
      async () => {
        const { status } = (await product.api.call('getApplication', { params: { name } })) as Application
        return `${status?.sync?.status} ${status?.health?.status}`
      },
      { timeout: 30_000 },
    )
    .toBe(`${sync} ${health}`)
}
