{ both: "vendor" }
