// The front door of @driftless/health: explicit names only.
export {}
