#!/bin/sh
# Starts Driftless: installs what is needed, then runs every role in one process until Ctrl-C.
set -e
export NEXT_TELEMETRY_DISABLED=1 DO_NOT_TRACK=1
root="$(cd "$(dirname "$0")/../../.." && pwd)"
cd "$root"
sh packages/tooling/scripts/bootstrap.sh
PATH="$root/node_modules/.bin:$PATH"
export PATH
# Node.js warns of the WebAssembly import of the migration engine, which says nothing to whoever starts the product.
exec node --disable-warning=ExperimentalWarning apps/api/src/main.ts
