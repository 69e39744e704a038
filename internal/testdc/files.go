package testdc

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/hex"
	"strconv"

	"github.com/gotd/td/tg"
)

const (
	maxPart     = 512 << 10 // bytes of a part
	maxParts    = 1024      // of a file: half a gigabyte
	maxUploads  = 64        // an account, not yet used
	maxDownload = 1 << 20   // bytes in an answer
)

// file is a photo or a document. Guarded by Server.mu, and saved as it is.
type file struct {
	ID        int64
	Hash      int64
	Reference []byte
	DC        int // where it lies
	Owner     int64
	Date      int
	Name      string
	Mime      string
	Data      []byte `json:"-"`          // of a document
	Sizes     []size `json:",omitempty"` // of a photo, or of a document's thumbnail
	Document  boxed[*tg.Document]
}

// size is a picture of a certain size.
type size struct {
	Type string
	W, H int
	Data []byte `json:"-"`
}

// upload is a file that is coming in.
type upload struct {
	parts map[int][]byte
	total int // of a big file, as it says itself
}

// uploadKey names an upload: clients choose the number.
type uploadKey struct {
	account, file int64
}

func (s *Server) registerFiles(d *tg.ServerDispatcher) {
	d.OnUploadSaveFilePart(func(ctx context.Context, req *tg.UploadSaveFilePartRequest) (bool, error) {
		return s.savePart(callOf(ctx).account(), req.FileID, req.FilePart, 0, req.Bytes)
	})
	d.OnUploadSaveBigFilePart(func(ctx context.Context, req *tg.UploadSaveBigFilePartRequest) (bool, error) {
		return s.savePart(callOf(ctx).account(), req.FileID, req.FilePart, req.FileTotalParts, req.Bytes)
	})
	d.OnUploadGetFile(s.uploadGetFile)
	d.OnUploadGetFileHashes(func(context.Context, *tg.UploadGetFileHashesRequest) ([]tg.FileHash, error) { return nil, nil })
}

func (s *Server) savePart(a *account, id int64, part, total int, data []byte) (bool, error) {
	switch {
	case part < 0 || part >= maxParts || total > maxParts:
		return false, rpcError(400, "FILE_PART_INVALID")
	case len(data) == 0:
		return false, rpcError(400, "FILE_PART_EMPTY")
	case len(data) > maxPart:
		return false, rpcError(400, "FILE_PART_TOO_BIG")
	}
	key := uploadKey{a.id, id}
	u := s.uploads[key]
	if u == nil {
		if s.uploadsOf(a) >= maxUploads {
			return false, rpcError(420, "FLOOD_WAIT_3")
		}
		u = &upload{parts: make(map[int][]byte)}
		s.uploads[key] = u
	}
	u.parts[part], u.total = bytes.Clone(data), max(u.total, total)
	return true, nil
}

func (s *Server) uploadsOf(a *account) int {
	n := 0
	for key := range s.uploads {
		if key.account == a.id {
			n++
		}
	}
	return n
}

// uploaded takes a file whose parts are all there.
func (c *call) uploaded(in tg.InputFileClass) (data []byte, name string, err error) {
	var id int64
	var parts int
	sum := ""
	switch in := in.(type) {
	case *tg.InputFile:
		id, parts, name, sum = in.ID, in.Parts, in.Name, in.MD5Checksum
	case *tg.InputFileBig:
		id, parts, name = in.ID, in.Parts, in.Name
	}
	key := uploadKey{c.account().id, id}
	u := c.srv.uploads[key]
	if u == nil || parts <= 0 || parts > maxParts {
		return nil, "", rpcError(400, "FILE_PARTS_INVALID")
	}
	for i := range parts {
		if _, ok := u.parts[i]; !ok {
			return nil, "", rpcError(400, "FILE_PART_"+strconv.Itoa(i)+"_MISSING")
		}
	}
	for i := range parts {
		if i < parts-1 && len(u.parts[i]) != len(u.parts[0]) {
			return nil, "", rpcError(400, "FILE_PART_SIZE_INVALID")
		}
		data = append(data, u.parts[i]...)
	}
	if got := md5.Sum(data); sum != "" && sum != hex.EncodeToString(got[:]) {
		return nil, "", rpcError(400, "MD5_CHECKSUM_INVALID")
	}
	delete(c.srv.uploads, key)
	return data, name, nil
}

// newFile makes a file, which lies where its owner is at home.
func (s *Server) newFile(a *account, name, mime string) *file {
	s.next.File++
	f := &file{
		ID: 5_000_000_000_000 + s.next.File, Hash: randomInt64(), Reference: randomBytes(16), DC: a.dc, Owner: a.id, Date: s.unix(), Name: name, Mime: mime,
	}
	s.files[f.ID] = f
	return f
}

// located is what a location names: bytes, and their file.
func (c *call) located(in tg.InputFileLocationClass) (*file, []byte, error) {
	switch in := in.(type) {
	case *tg.InputDocumentFileLocation:
		f, err := c.known(in.ID, in.AccessHash, in.FileReference)
		if err != nil {
			return nil, nil, err
		}
		if in.ThumbSize != "" {
			return f, f.size(in.ThumbSize), nil
		}
		return f, f.Data, nil
	case *tg.InputPhotoFileLocation:
		f, err := c.known(in.ID, in.AccessHash, in.FileReference)
		if err != nil {
			return nil, nil, err
		}
		return f, f.size(in.ThumbSize), nil
	case *tg.InputPeerPhotoFileLocation:
		f := c.srv.files[in.PhotoID]
		if f == nil {
			break
		}
		if in.Big {
			return f, f.size("c"), nil
		}
		return f, f.size("a"), nil
	}
	return nil, nil, rpcError(400, "LOCATION_INVALID")
}

// known finds a file by what its message says of it.
func (c *call) known(id, hash int64, reference []byte) (*file, error) {
	f := c.srv.files[id]
	switch {
	case f == nil || f.Hash != hash:
		return nil, rpcError(400, "FILE_ID_INVALID")
	case !bytes.Equal(f.Reference, reference):
		return nil, rpcError(400, "FILE_REFERENCE_EXPIRED")
	}
	return f, nil
}

func (f *file) size(name string) []byte {
	for _, s := range f.Sizes {
		if s.Type == name {
			return s.Data
		}
	}
	return nil
}

func (s *Server) uploadGetFile(ctx context.Context, req *tg.UploadGetFileRequest) (tg.UploadFileClass, error) {
	c := callOf(ctx)
	const step, grid = 1 << 10, 4 << 10
	switch {
	case req.Offset < 0 || !req.Precise && req.Offset%step != 0:
		return nil, rpcError(400, "OFFSET_INVALID")
	case req.Limit <= 0 || req.Limit > maxDownload || !req.Precise && req.Limit%step != 0 || req.Limit%step != 0 && req.Limit%grid != 0:
		return nil, rpcError(400, "LIMIT_INVALID")
	}
	f, data, err := c.located(req.Location)
	if err != nil {
		return nil, err
	}
	if f.DC != c.key.dc {
		return nil, rpcError(303, "FILE_MIGRATE_"+strconv.Itoa(f.DC))
	}
	if data == nil {
		return nil, rpcError(400, "LOCATION_INVALID")
	}
	from := min(req.Offset, int64(len(data)))
	to := min(from+int64(req.Limit), int64(len(data)))
	return &tg.UploadFile{Type: fileType(f.Mime), Mtime: f.Date, Bytes: data[from:to]}, nil
}

func fileType(mime string) tg.StorageFileTypeClass {
	switch mime {
	case "image/jpeg":
		return &tg.StorageFileJpeg{}
	case "image/png":
		return &tg.StorageFilePng{}
	case "image/gif":
		return &tg.StorageFileGif{}
	case "image/webp":
		return &tg.StorageFileWebp{}
	case "video/mp4":
		return &tg.StorageFileMp4{}
	case "application/pdf":
		return &tg.StorageFilePdf{}
	case "audio/mpeg":
		return &tg.StorageFileMp3{}
	}
	return &tg.StorageFileUnknown{}
}

// RenewFileReferences makes all references to files that clients know bad: they have to ask for the message again.
func (s *Server) RenewFileReferences() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.renewReferences()
}

func (s *Server) renewReferences() {
	for _, f := range s.files {
		f.Reference = randomBytes(16)
	}
}
