// The front door of @driftless/applications: explicit names only.
export {}
