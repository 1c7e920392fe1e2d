import { join } from 'node:path'
import type { NextConfig } from 'next'

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  // Workspace packages export their source.
  transpilePackages: [
    '@driftless/contract',
    '@driftless/foundation',
    '@driftless/kube-objects',
    '@driftless/model',
    '@driftless/resource-tree',
    '@driftless/ui',
  ],
  turbopack: { root: join(import.meta.dirname, '../..') },
  devIndicators: false,
}

export default config
