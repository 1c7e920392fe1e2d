#!/bin/sh
# Installs the pinned dependencies when the lockfile changed, and generates the database client when the schema changed.
# pnpm 12 is a native program, so the Node.js found on the machine (20 or later) is enough to begin.
set -e
cd "$(dirname "$0")/../../.."
pnpm="npx -y pnpm@12.21.0"
stamp=node_modules/.bootstrap
mkdir -p node_modules
fingerprint="$(cat pnpm-lock.yaml pnpm-workspace.yaml prisma/schema.prisma 2>/dev/null | cksum)"
if [ "$(cat "$stamp" 2>/dev/null)" != "$fingerprint" ]; then
  echo "Installing dependencies ..." >&2
  $pnpm install --frozen-lockfile --reporter=append-only >&2
  if [ -f prisma/schema.prisma ]; then
    echo "Generating the database client ..." >&2
    # The client needs no engine binary; a stand-in keeps the command line from trying to download one.
    PATH="$PWD/node_modules/.bin:$PATH" PRISMA_SCHEMA_ENGINE_BINARY=/bin/true CHECKPOINT_DISABLE=1 \
      $pnpm --filter @driftless/api run generate >&2
  fi
  printf '%s' "$fingerprint" > "$stamp"
fi
# The bundled command line starts as fast as a native program; nothing is done while its sources are unchanged.
if [ -f apps/cli/scripts/bundle.ts ]; then
  env PATH="$PWD/node_modules/.bin:$PATH" node apps/cli/scripts/bundle.ts >&2
fi
