package testdc

import (
	"context"
	"math/rand/v2"
	"slices"

	"github.com/gotd/td/tg"
)

func (s *Server) registerMedia(d *tg.ServerDispatcher) {
	d.OnMessagesUploadMedia(func(ctx context.Context, req *tg.MessagesUploadMediaRequest) (tg.MessageMediaClass, error) {
		return callOf(ctx).media(req.Media)
	})
	d.OnMessagesGetWebPagePreview(func(context.Context, *tg.MessagesGetWebPagePreviewRequest) (*tg.MessagesWebPagePreview, error) {
		return &tg.MessagesWebPagePreview{Media: &tg.MessageMediaEmpty{}}, nil
	})
}

var errMedia = rpcError(400, "MEDIA_INVALID")

// media makes what a message carries of what a client sends.
func (c *call) media(in tg.InputMediaClass) (tg.MessageMediaClass, error) {
	switch in := in.(type) {
	case *tg.InputMediaUploadedPhoto:
		f, err := c.newPhoto(in.File, messageSides())
		if err != nil {
			return nil, err
		}
		return &tg.MessageMediaPhoto{Photo: c.srv.photo(f.ID), Spoiler: in.Spoiler, TTLSeconds: in.TTLSeconds}, nil
	case *tg.InputMediaPhoto:
		f, err := c.knownPhoto(in.ID)
		if err != nil {
			return nil, err
		}
		return &tg.MessageMediaPhoto{Photo: c.srv.photo(f.ID), Spoiler: in.Spoiler, TTLSeconds: in.TTLSeconds}, nil
	case *tg.InputMediaUploadedDocument:
		return c.newDocument(in)
	case *tg.InputMediaDocument:
		return c.oldDocument(in)
	case *tg.InputMediaGeoPoint:
		p, err := geo(in.GeoPoint)
		return &tg.MessageMediaGeo{Geo: p}, err
	case *tg.InputMediaVenue:
		p, err := geo(in.GeoPoint)
		return &tg.MessageMediaVenue{
			Geo: p, Title: in.Title, Address: in.Address, Provider: in.Provider, VenueID: in.VenueID, VenueType: in.VenueType,
		}, err
	case *tg.InputMediaContact:
		m := &tg.MessageMediaContact{PhoneNumber: in.PhoneNumber, FirstName: in.FirstName, LastName: in.LastName, Vcard: in.Vcard}
		if a := c.srv.accounts[normalPhone(in.PhoneNumber)]; a != nil {
			m.UserID = a.id
		}
		return m, nil
	case *tg.InputMediaDice:
		if in.Emoticon != "🎲" {
			return nil, rpcError(400, "EMOTICON_INVALID")
		}
		return &tg.MessageMediaDice{Value: 1 + rand.IntN(6), Emoticon: in.Emoticon}, nil
	}
	return nil, errMedia
}

func geo(in tg.InputGeoPointClass) (tg.GeoPointClass, error) {
	p, ok := in.(*tg.InputGeoPoint)
	if !ok || p.Lat < -90 || p.Lat > 90 || p.Long < -180 || p.Long > 180 {
		return &tg.GeoPointEmpty{}, rpcError(400, "GEO_POINT_INVALID")
	}
	return &tg.GeoPoint{Lat: p.Lat, Long: p.Long, AccessHash: randomInt64(), AccuracyRadius: p.AccuracyRadius}, nil
}

func (c *call) newDocument(in *tg.InputMediaUploadedDocument) (tg.MessageMediaClass, error) {
	data, name, err := c.uploaded(in.File)
	if err != nil {
		return nil, err
	}
	var thumbs []size
	if in.Thumb != nil {
		small, _, err := c.uploaded(in.Thumb)
		if err != nil {
			return nil, err
		}
		if thumbs, err = resize(small, messageSides()[:1]); err != nil {
			return nil, err
		}
	}
	f := c.srv.newFile(c.account(), name, in.MimeType)
	f.Data, f.Sizes = data, thumbs
	attributes := slices.Clone(in.Attributes)
	isName := func(a tg.DocumentAttributeClass) bool { return a.TypeID() == tg.DocumentAttributeFilenameTypeID }
	if name != "" && !slices.ContainsFunc(attributes, isName) {
		attributes = append(attributes, &tg.DocumentAttributeFilename{FileName: name})
	}
	f.Document.V = &tg.Document{
		ID: f.ID, AccessHash: f.Hash, FileReference: f.Reference, Date: f.Date, MimeType: in.MimeType, Size: int64(len(data)), DCID: f.DC,
		Attributes: attributes, Thumbs: f.listed(),
	}
	return documentMedia(f, in.Spoiler, in.TTLSeconds), nil
}

func (c *call) oldDocument(in *tg.InputMediaDocument) (tg.MessageMediaClass, error) {
	id, ok := in.ID.(*tg.InputDocument)
	if !ok {
		return nil, errMedia
	}
	f, err := c.known(id.ID, id.AccessHash, id.FileReference)
	if err != nil {
		return nil, err
	}
	if f.Document.V == nil {
		return nil, errMedia
	}
	return documentMedia(f, in.Spoiler, in.TTLSeconds), nil
}

func documentMedia(f *file, spoiler bool, ttl int) *tg.MessageMediaDocument {
	m := &tg.MessageMediaDocument{Spoiler: spoiler, TTLSeconds: ttl, Document: f.Document.V}
	for _, a := range f.Document.V.Attributes {
		switch a := a.(type) {
		case *tg.DocumentAttributeVideo:
			m.Video, m.Round = true, a.RoundMessage
		case *tg.DocumentAttributeAudio:
			m.Voice = a.Voice
		}
	}
	return m
}

// freshMedia is media as it is told now: references to files change.
func (s *Server) freshMedia(m tg.MessageMediaClass) tg.MessageMediaClass {
	switch m := m.(type) {
	case *tg.MessageMediaPhoto:
		p, ok := m.Photo.(*tg.Photo)
		if !ok || s.files[p.ID] == nil {
			return m
		}
		fresh := *m
		fresh.Photo = s.photo(p.ID)
		return &fresh
	case *tg.MessageMediaDocument:
		d, ok := m.Document.(*tg.Document)
		if !ok || s.files[d.ID] == nil {
			return m
		}
		fresh, document := *m, *d
		document.FileReference = s.files[d.ID].Reference
		fresh.Document = &document
		return &fresh
	}
	return m
}
