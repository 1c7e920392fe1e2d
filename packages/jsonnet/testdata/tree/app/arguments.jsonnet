function(name, count=2, extra={}) { name: name, count: count, extra: extra, ext: std.extVar("env"), code: std.extVar("list") }
