package storage

import (
	"io"
	"os"
	"strconv"
	"strings"
)

// lockOwner is what a lock file says of this process, for the error of those who come later.
func lockOwner() string { return strconv.Itoa(os.Getpid()) + "\n" }

// ownedHere says whether a lock file tells of this process.
func ownedHere(f io.Reader) bool {
	owner, _ := io.ReadAll(io.LimitReader(f, 32))
	return strings.TrimSpace(string(owner)) == strings.TrimSpace(lockOwner())
}
