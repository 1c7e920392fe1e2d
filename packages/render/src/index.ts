// The front door of @driftless/render: explicit names only.
export {}
