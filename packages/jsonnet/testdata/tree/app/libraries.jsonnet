(import "only.libsonnet") + (import "both.libsonnet") + (import "inner/deep.libsonnet")
