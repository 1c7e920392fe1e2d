// The front door of @driftless/cluster: explicit names only.
export {}
