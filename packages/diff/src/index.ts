// The front door of @driftless/diff: explicit names only.
export {}
