// The front door of @driftless/kustomize: explicit names only.
export {}
