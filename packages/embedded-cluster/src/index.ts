// The front door of @driftless/embedded-cluster: explicit names only.
export {}
