package testdc

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// saveAfter is how long changes are collected before they are written.
const saveAfter = 300 * time.Millisecond

// stateFile is where the state is kept: one file, and a folder beside it with what files hold, which is written once.
type stateFile struct {
	path    string
	written map[int64]bool // files that are in the folder; of the one goroutine that writes
}

func (f *stateFile) folder() string { return f.path + ".files" }

func (f *stateFile) content(id int64) string {
	return filepath.Join(f.folder(), strconv.FormatInt(id, 10)+".json")
}

// content is what a file holds, apart from what is told of it.
type content struct {
	Data  []byte            `json:",omitempty"`
	Sizes map[string][]byte `json:",omitempty"`
}

// openState reads the state where there is one, and keeps it from then on.
func (s *Server) openState() error {
	if s.opt.State == "" {
		return nil
	}
	s.state = &stateFile{path: s.opt.State, written: make(map[int64]bool)}
	data, err := os.ReadFile(s.opt.State)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return fmt.Errorf("state: %w", err)
	default:
		if err := s.load(data); err != nil {
			return fmt.Errorf("state: %s: %w", s.opt.State, err)
		}
		if err := s.state.readContents(s.files); err != nil {
			return fmt.Errorf("state: %w", err)
		}
	}
	s.wg.Go(s.keepState)
	return nil
}

func (f *stateFile) readContents(files map[int64]*file) error {
	for id, one := range files {
		data, err := os.ReadFile(f.content(id))
		if err != nil {
			return err
		}
		var c content
		if err := json.Unmarshal(data, &c); err != nil {
			return fmt.Errorf("%s: %w", f.content(id), err)
		}
		one.Data = c.Data
		for i := range one.Sizes {
			one.Sizes[i].Data = c.Sizes[one.Sizes[i].Type]
		}
		f.written[id] = true
	}
	return nil
}

// keepState writes the state a moment after it has changed, and at the end.
func (s *Server) keepState() {
	for {
		select {
		case <-s.dirty:
		case <-s.ctx.Done():
			s.writeState()
			return
		}
		select {
		case <-time.After(saveAfter):
		case <-s.ctx.Done():
		}
		s.writeState()
	}
}

func (s *Server) writeState() {
	if err := s.writeStateOnce(); err != nil {
		s.log.Error("state not saved", "error", err)
	}
}

// writeStateOnce writes what files hold first: the state never names what is not there.
func (s *Server) writeStateOnce() error {
	s.mu.Lock()
	fresh := make(map[int64]content)
	for id, f := range s.files {
		if !s.state.written[id] {
			fresh[id] = f.contents()
		}
	}
	data, err := s.save()
	s.mu.Unlock()
	if err != nil {
		return err
	}
	for id, c := range fresh {
		one, err := json.Marshal(c)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(s.state.folder(), 0o700); err != nil {
			return err
		}
		if err := writeAtomically(s.state.content(id), one); err != nil {
			return err
		}
		s.state.written[id] = true
	}
	return writeAtomically(s.state.path, data)
}

// contents is what a file holds. It never changes, so that it may be read without the mutex.
func (f *file) contents() content {
	c := content{Data: f.Data, Sizes: make(map[string][]byte)}
	for _, s := range f.Sizes {
		c.Sizes[s.Type] = s.Data
	}
	return c
}

// writeAtomically puts a file in the place of an older one, whole or not at all.
func writeAtomically(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".testdc-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails when all went well
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
