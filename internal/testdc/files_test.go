package testdc

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/hex"
	"image"
	"image/color"
	"image/jpeg"
	"strings"
	"testing"

	"github.com/gotd/td/tg"
)

func picture(t testing.TB, w, h int) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			m.Set(x, y, color.RGBA{uint8(x), uint8(y), 90, 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// upload sends a file in parts.
func (p *someone) upload(data []byte, part int) *tg.InputFile {
	p.t.Helper()
	sum := md5.Sum(data)
	f := &tg.InputFile{ID: randomInt64(), Name: "a.jpg", MD5Checksum: hex.EncodeToString(sum[:])}
	for from := 0; from < len(data); from += part {
		chunk := data[from:min(from+part, len(data))]
		got[bool](p.t)(p.UploadSaveFilePart(p.t.Context(), &tg.UploadSaveFilePartRequest{FileID: f.ID, FilePart: f.Parts, Bytes: chunk}))
		f.Parts++
	}
	return f
}

func (p *someone) sendPhoto(to tg.InputPeerClass, data []byte) *tg.Photo {
	p.t.Helper()
	m := messageIn(p.t, got[tg.UpdatesClass](p.t)(p.MessagesSendMedia(p.t.Context(), &tg.MessagesSendMediaRequest{
		Peer: to, RandomID: randomInt64(), Media: &tg.InputMediaUploadedPhoto{File: p.upload(data, 4<<10)},
	})))
	return m.Media.(*tg.MessageMediaPhoto).Photo.(*tg.Photo)
}

func photoLocation(p *tg.Photo, size string) tg.InputFileLocationClass {
	return &tg.InputPhotoFileLocation{ID: p.ID, AccessHash: p.AccessHash, FileReference: p.FileReference, ThumbSize: size}
}

// download fetches a size of a photo in parts.
func (p *someone) download(photo *tg.Photo, size string) []byte {
	p.t.Helper()
	return fetchAll(p.t.Context(), p.t, p.Client, photoLocation(photo, size))
}

func fetchAll(ctx context.Context, t testing.TB, api *tg.Client, at tg.InputFileLocationClass) (data []byte) {
	t.Helper()
	for {
		f := got[tg.UploadFileClass](t)(api.UploadGetFile(ctx, &tg.UploadGetFileRequest{Location: at, Offset: int64(len(data)), Limit: 4 << 10})).(*tg.UploadFile)
		data = append(data, f.Bytes...)
		if len(f.Bytes) < 4<<10 {
			return data
		}
	}
}

// A photo goes up in one data center and comes down from another one with an exported authorization.
func TestPhotoAcrossDCs(t *testing.T) {
	s := start(t, Options{})
	a := people(t, s, phoneA)[0]
	c := connect(t, s, 2)
	b := &someone{client: c, me: c.logIn("9996621234")}
	b.Client = c.api()
	data := picture(t, 1000, 500)
	sent := a.sendPhoto(b.peer(), data)
	if len(sent.Sizes) != 3 || sent.DCID != 1 {
		t.Fatalf("photo %+v", sent)
	}
	for i, want := range []tg.PhotoSize{{Type: "m", W: 320, H: 160}, {Type: "x", W: 800, H: 400}, {Type: "y", W: 1000, H: 500}} {
		if s := sent.Sizes[i].(*tg.PhotoSize); s.Type != want.Type || s.W != want.W || s.H != want.H || s.Size == 0 {
			t.Errorf("size %+v, want %+v", s, want)
		}
	}
	_, err := b.UploadGetFile(t.Context(), &tg.UploadGetFileRequest{Location: photoLocation(sent, "y"), Limit: 4096})
	wantError(t, err, 303, "FILE_MIGRATE_1")
	exported := got[*tg.AuthExportedAuthorization](t)(b.AuthExportAuthorization(t.Context(), 1))
	other := connect(t, s, 1)
	if _, err := other.api().AuthImportAuthorization(t.Context(), &tg.AuthImportAuthorizationRequest{ID: exported.ID, Bytes: exported.Bytes}); err != nil {
		t.Fatal(err)
	}
	if got := fetchAll(t.Context(), t, other.api(), photoLocation(sent, "y")); !bytes.Equal(got, data) {
		t.Errorf("%d bytes came down, %d went up", len(got), len(data))
	}
	if info, _, err := image.DecodeConfig(bytes.NewReader(a.download(sent, "m"))); err != nil || info.Width != 320 {
		t.Errorf("small size %+v, error %v", info, err)
	}
	s.RenewFileReferences()
	_, err = a.UploadGetFile(t.Context(), &tg.UploadGetFileRequest{Location: photoLocation(sent, "y"), Limit: 4096})
	wantError(t, err, 400, "FILE_REFERENCE_EXPIRED")
	h := got[tg.MessagesMessagesClass](t)(a.MessagesGetMessages(t.Context(), []tg.InputMessageClass{&tg.InputMessageID{ID: 1}}))
	fresh := h.(*tg.MessagesMessages).Messages[0].(*tg.Message).Media.(*tg.MessageMediaPhoto).Photo.(*tg.Photo)
	if got := a.download(fresh, "y"); !bytes.Equal(got, data) {
		t.Error("not the photo after its reference was renewed")
	}
}

func TestUploadRefuses(t *testing.T) {
	s := start(t, Options{})
	a := people(t, s, phoneA)[0]
	send := func(f tg.InputFileClass, photo bool) error {
		var media tg.InputMediaClass = &tg.InputMediaUploadedDocument{File: f, MimeType: "text/plain"}
		if photo {
			media = &tg.InputMediaUploadedPhoto{File: f}
		}
		_, err := a.MessagesSendMedia(t.Context(), &tg.MessagesSendMediaRequest{Peer: &tg.InputPeerSelf{}, RandomID: randomInt64(), Media: media})
		return err
	}
	text := []byte(strings.Repeat("text ", 1000))
	bad := a.upload(text, 1024)
	bad.MD5Checksum = strings.Repeat("0", 32)
	wantError(t, send(bad, false), 400, "MD5_CHECKSUM_INVALID")
	missing := a.upload(text, 1024)
	missing.Parts++
	wantError(t, send(missing, false), 400, "FILE_PART_5_MISSING")
	wantError(t, send(&tg.InputFile{ID: 1, Parts: 1}, false), 400, "FILE_PARTS_INVALID")
	wantError(t, send(a.upload(text, 1024), true), 400, "IMAGE_PROCESS_FAILED")
	wantError(t, send(a.upload(picture(t, 2000, 10), 1024), true), 400, "PHOTO_INVALID_DIMENSIONS")
	_, err := a.UploadSaveFilePart(t.Context(), &tg.UploadSaveFilePartRequest{FileID: 1, FilePart: -1, Bytes: text})
	wantError(t, err, 400, "FILE_PART_INVALID")
	_, err = a.UploadGetFile(t.Context(), &tg.UploadGetFileRequest{Location: &tg.InputTakeoutFileLocation{}, Limit: 4096})
	wantError(t, err, 400, "LOCATION_INVALID")
	_, err = a.UploadGetFile(t.Context(), &tg.UploadGetFileRequest{Location: &tg.InputTakeoutFileLocation{}, Limit: 100})
	wantError(t, err, 400, "LIMIT_INVALID")
}

// A document keeps its name and bytes; a profile photo is a square.
func TestDocumentAndProfilePhoto(t *testing.T) {
	s := start(t, Options{})
	p := people(t, s, phoneA, phoneB)
	a, b := p[0], p[1]
	data := []byte(strings.Repeat("0123456789", 3000))
	m := messageIn(t, got[tg.UpdatesClass](t)(a.MessagesSendMedia(t.Context(), &tg.MessagesSendMediaRequest{
		Peer: b.peer(), RandomID: 1, Media: &tg.InputMediaUploadedDocument{File: a.upload(data, 10<<10), MimeType: "text/plain"},
	})))
	d := m.Media.(*tg.MessageMediaDocument).Document.(*tg.Document)
	if d.Size != int64(len(data)) || d.Attributes[0].(*tg.DocumentAttributeFilename).FileName != "a.jpg" {
		t.Errorf("document %+v", d)
	}
	at := &tg.InputDocumentFileLocation{ID: d.ID, AccessHash: d.AccessHash, FileReference: d.FileReference}
	if got := fetchAll(t.Context(), t, b.Client, at); !bytes.Equal(got, data) {
		t.Errorf("%d bytes came down", len(got))
	}
	photo := got[*tg.PhotosPhoto](t)(a.PhotosUploadProfilePhoto(t.Context(), &tg.PhotosUploadProfilePhotoRequest{File: a.upload(picture(t, 300, 700), 4<<10)}))
	if s := photo.Photo.(*tg.Photo).Sizes; len(s) != 3 || s[0].(*tg.PhotoSize).W != 160 || s[0].(*tg.PhotoSize).H != 160 {
		t.Errorf("sizes %+v", s)
	}
	u, all := updateOf[*tg.UpdateUser](b)
	if u.UserID != a.me.ID {
		t.Errorf("told of %d", u.UserID)
	}
	small := all.Users[0].(*tg.User).Photo.(*tg.UserProfilePhoto)
	if got := fetchAll(t.Context(), t, b.Client, &tg.InputPeerPhotoFileLocation{Peer: a.peer(), PhotoID: small.PhotoID}); len(got) == 0 {
		t.Error("the small photo is empty")
	}
	gone := got[[]int64](t)(a.PhotosDeletePhotos(t.Context(), []tg.InputPhotoClass{&tg.InputPhoto{ID: small.PhotoID}}))
	if len(gone) != 1 {
		t.Errorf("deleted %v", gone)
	}
}
