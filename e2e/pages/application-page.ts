import { expect, type Locator, type Page } from '@playwright/test'
import type { Product } from '../support/product.ts'

/** The page of one application. */
export class ApplicationPage {
  readonly #page: Page
  constructor(page: Page) {
    this.#page = page
  }

  async open(product: Product, name: string): Promise<void> {
    await this.#page.goto(`${product.url}/applications/argocd/${name}`)
    await expect(this.#page.getByRole('heading', { name, exact: true })).toBeVisible()
  }

  node(kind: string, namespace: string, name: string | RegExp): Locator {
    const prefix = `node-${kind}-${namespace}-`
    return typeof name === 'string'
      ? this.#page.getByTestId(`${prefix}${name}`)
      : this.#page.getByTestId(new RegExp(`^${prefix}${name.source}`))
  }

  async expectStatus(sync: string, health: string): Promise<void> {
    await expect(this.#page.getByTestId('app-sync')).toContainText(sync, { timeout: 20_000 })
    await expect(this.#page.getByTestId('app-health')).toContainText(health, { timeout: 20_000 })
  }

  /** Opens the sync panel and starts with its defaults. */
  async sync(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Sync', exact: true }).click()
    await this.#page.getByRole('button', { name: 'Synchronize', exact: true }).click()
  }

  async refresh(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Refresh', exact: true }).click()
  }
}
