{ both: "lib" }
