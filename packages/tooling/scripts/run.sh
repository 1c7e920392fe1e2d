#!/bin/sh
# Runs a command with the pinned Node.js and the workspace's binaries first on PATH, after a bootstrap.
set -e
export TURBO_TELEMETRY_DISABLED=1 NEXT_TELEMETRY_DISABLED=1 DO_NOT_TRACK=1
root="$(cd "$(dirname "$0")/../../.." && pwd)"
cd "$root"
sh packages/tooling/scripts/bootstrap.sh
PATH="$root/node_modules/.bin:$PATH"
export PATH
case "$1" in
  turbo) exec npx -y pnpm@12.21.0 exec "$@" ;;
  *) exec "$@" ;;
esac
