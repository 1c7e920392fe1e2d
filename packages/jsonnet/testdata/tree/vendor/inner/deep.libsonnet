{ deep: import "beside.libsonnet", viaLibrary: import "only.libsonnet" }
