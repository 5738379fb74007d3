package usage

// maxrssUnit is 1 on macOS, which counts in bytes.
const maxrssUnit = 1
