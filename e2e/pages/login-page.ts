import type { Page } from '@playwright/test'
import type { Product } from '../support/product.ts'

/** Logs in through the form and lands on the applications. */
export async function logIn(page: Page, product: Product): Promise<void> {
  await page.goto(`${product.url}/login`)
  await page.getByLabel('Username').fill('admin')
  await page.getByLabel('Password').fill(product.password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
  await page.getByRole('heading', { name: 'Applications', exact: true }).waitFor()
}
