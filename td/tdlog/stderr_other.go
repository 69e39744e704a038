//go:build !unix

package tdlog

import (
	"errors"
	"os"
)

func writeStderr(b []byte) { _, _ = os.Stderr.Write(b) }

func redirectStderr(*os.File) error { return errors.ErrUnsupported }
