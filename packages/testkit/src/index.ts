// The front door of @driftless/testkit: explicit names only.
export {}
