// The front door of @driftless/contract: explicit names only.
export {}
