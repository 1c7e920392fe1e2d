import { PGlite } from '@electric-sql/pglite'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { expect, it } from 'vitest'
import { missingMigration } from './migrations.ts'

it('the migrations bring an empty database to exactly what schema.prisma says', async () => {
  const database = new PGlite()
  expect(await missingMigration(new PrismaPGlite(database))).toBeUndefined()
  await database.close()
})
