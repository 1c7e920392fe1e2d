#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/compiled'))
const { main } = await import('../src/main.ts')
process.exitCode = await main(process.argv.slice(2))
