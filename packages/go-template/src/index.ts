// The front door of @driftless/go-template: explicit names only.
export {}
