{ x: self.y,
  y: error "from the library" }
