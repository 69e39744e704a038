//go:build !linux

package storage

import "errors"

func dropFileRights() error { return errors.ErrUnsupported }
