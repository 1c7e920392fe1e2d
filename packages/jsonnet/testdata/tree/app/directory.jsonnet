import "../lib"
