// The front door of @driftless/helm: explicit names only.
export {}
