package transfer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"tdjson/storage"
)

// nativeCodec is this library's own database, see [storage.Open].
func nativeCodec() codec {
	return codec{
		Format: Format{
			Name: "tdjson", Title: "this library, its database", Shape: File, Import: true, Export: true,
			Keeps: PartUser | PartUsername | PartTest | PartAddress | PartAddresses | PartSalt | PartKeys | PartState | PartChannels,
		},
		read: readNative, writeTo: writeNative,
	}
}

func readNative(ctx context.Context, in *input) (*storage.Session, *Extra, error) {
	if in.Data != nil {
		return nil, nil, errors.New("this format is read from a path alone")
	}
	if _, err := readHead(in.Path); err != nil {
		return nil, nil, err // storage.Open makes what is not there
	}
	db, err := storage.Open(in.Path, storage.Options{Key: in.options.Key})
	if err != nil {
		return nil, nil, err
	}
	defer db.Close()
	s, err := db.Load(ctx)
	return s, &Extra{}, err
}

// writeNative puts the session into a database that has none.
func writeNative(ctx context.Context, out *output, path string) (err error) {
	if filepath.Ext(path) == "" {
		path += ".session" // as storage.Open does
	}
	_, err = os.Lstat(path)
	fresh := errors.Is(err, fs.ErrNotExist)
	if err := absent(path); err != nil && !out.options.Overwrite {
		return err
	}
	db, err := storage.Open(path, storage.Options{Key: out.options.Key})
	if err != nil {
		return err
	}
	defer func() {
		if err != nil && fresh {
			db.Delete(context.WithoutCancel(ctx))
		}
		err = errors.Join(err, db.Close())
	}()
	if out.options.Overwrite { // with what belonged to the session before
		if err := db.Delete(ctx); err != nil {
			return err
		}
	}
	if err := db.Save(ctx, out.session); err != nil {
		return fmt.Errorf("save: %w", err)
	}
	return nil
}
