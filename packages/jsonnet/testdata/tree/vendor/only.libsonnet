{ only: "vendor" }
