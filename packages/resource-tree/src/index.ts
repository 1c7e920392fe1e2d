// The front door of @driftless/resource-tree: explicit names only.
export {}
