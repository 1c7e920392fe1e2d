// The front door of @driftless/sync: explicit names only.
export {}
