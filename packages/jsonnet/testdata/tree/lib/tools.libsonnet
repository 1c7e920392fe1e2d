{ name: "lib", helper(x):: x + 1, file: std.thisFile, nested: import "inner.libsonnet" }
