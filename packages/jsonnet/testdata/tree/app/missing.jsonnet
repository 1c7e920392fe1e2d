import "missing.libsonnet"
