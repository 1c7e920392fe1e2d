// The front door of @driftless/git: explicit names only.
export {}
