// The front door of @driftless/ui: explicit names only.
export {}
