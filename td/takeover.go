package td

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"

	"tdjson/storage"
	"tdjson/storage/transfer"
	"tdjson/td/tdlog"
)

// beside is a database in a directory that TDLib uses too. TDLib can't open the directory meanwhile.
type beside struct {
	storage.Database
	binlog *os.File
}

// lockBinlog locks TDLib's database in the directory of ours as TDLib does, but for reading: nothing is written to it.
// It answers db itself where TDLib has none.
func (p *parameters) lockBinlog(db storage.Database) (storage.Database, error) {
	f, err := os.Open(p.binlog())
	if errors.Is(err, fs.ErrNotExist) {
		f, err = os.Open(p.binlog() + ".new") // TDLib ended while it replaced the old one
	}
	if errors.Is(err, fs.ErrNotExist) {
		return db, nil
	}
	if err != nil {
		return nil, err
	}
	if err := lockShared(f); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &beside{Database: db, binlog: f}, nil
}

// Close lets TDLib in again. The binlog must not be closed by anyone else before: that would unlock it.
func (b *beside) Close() error {
	return errors.Join(b.Database.Close(), b.binlog.Close())
}

// doneMark is the name, after the binlog's, of an empty file that says that the session in the binlog is not wanted any more.
const doneMark = ".done"

// Delete leaves TDLib's files, but they are not taken over again.
func (b *beside) Delete(ctx context.Context) error {
	err := b.Database.Delete(ctx)
	f, markErr := os.OpenFile(b.binlog.Name()+doneMark, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if markErr == nil {
		markErr = f.Close()
	}
	return errors.Join(err, markErr)
}

// done says whether the binlog is as it was when its session was deleted here.
func (b *beside) done() bool {
	mark, err := os.Stat(b.binlog.Name() + doneMark)
	if err != nil {
		return false
	}
	binlog, err := b.binlog.Stat()
	return err == nil && !binlog.ModTime().After(mark.ModTime())
}

// takeOver brings the session of TDLib's database into ours, if there is nothing in that. TDLib's files stay as they are. A login that
// TDLib had not finished, and a file that is damaged, are as good as none, as they are to TDLib.
func (p *parameters) takeOver(ctx context.Context, l *loaded, log *tdlog.Log) error {
	b, ok := l.db.(*beside)
	if !ok || len(l.session.DataCenters) > 0 || l.session.User != nil || len(l.values) > 0 || b.done() {
		return nil
	}
	data, err := io.ReadAll(b.binlog)
	if err != nil || len(data) == 0 {
		return err
	}
	o := transfer.Options{Key: p.DatabaseEncryptionKey, Test: p.UseTestDC}
	s, _, err := transfer.Import(ctx, "tdlib", transfer.Source{Data: data}, o)
	switch {
	case errors.Is(err, storage.ErrWrongKey):
		return err
	case err != nil:
		log.Printf(2, "The session in %s was not taken over: %v", b.binlog.Name(), err)
		return nil
	}
	log.Printf(2, "The session in %s is taken over", b.binlog.Name())
	s.State = usable(s.State)
	l.session, l.values = s, map[string][]byte{}
	if s.User.ID != 0 {
		l.values["option.my_id"] = []byte(integerOption(s.User.ID).text())
	}
	return b.Apply(ctx, &storage.Batch{DataCenters: s.DataCenters, User: s.User, State: s.State, Set: l.values})
}

// usable is a place in the stream of updates, or nil if the server would not go on from it.
func usable(s *storage.UpdateState) *storage.UpdateState {
	if s == nil || s.PTS <= 0 || s.Date <= 0 {
		return nil
	}
	return s
}
