//go:build !darwin

package usage

// maxrssUnit is the unit of getrusage's ru_maxrss in bytes: https://man7.org/linux/man-pages/man2/getrusage.2.html.
const maxrssUnit = 1024
