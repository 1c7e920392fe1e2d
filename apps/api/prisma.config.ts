import { join } from 'node:path'
import { defineConfig } from 'prisma/config'

// The command line only generates the client; migrations run through src/store/migrations.ts, so no database URL is read here.
export default defineConfig({
  schema: join(import.meta.dirname, '../../prisma/schema.prisma'),
  migrations: { path: join(import.meta.dirname, '../../prisma/migrations') },
  datasource: { url: 'postgresql://generate.only@127.0.0.1:1/none' },
})
