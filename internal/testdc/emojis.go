package testdc

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"strings"

	"github.com/gotd/td/tg"
)

// What reactions look like: a picture of one clear point, and an animation in which nothing happens.
const (
	emptyWebP = "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="
	emptyTGS  = `{"tgs":1,"v":"5.5.2","fr":60,"ip":0,"op":60,"w":512,"h":512,"ddd":0,"assets":[],"layers":[]}`

	webpFile = 4_000_000_000_001 // their ids
	tgsFile  = 4_000_000_000_002

	emojisHash = 1
)

// emojis are the reactions that clients may choose from, with their titles.
func emojis() []tg.AvailableReaction {
	var list []tg.AvailableReaction
	for line := range strings.Lines("👍 Thumbs Up\n👎 Thumbs Down\n❤ Red Heart\n🔥 Fire\n🥰 Smiling Face with Hearts\n👏 Clapping Hands\n" +
		"😁 Beaming Face\n🤔 Thinking Face\n🤯 Exploding Head\n😱 Screaming Face\n😢 Crying Face\n🎉 Party Popper\n🤩 Star-Struck\n🙏 Folded Hands\n") {
		emoji, title, _ := strings.Cut(strings.TrimSpace(line), " ")
		list = append(list, tg.AvailableReaction{Reaction: emoji, Title: title})
	}
	return list
}

func (s *Server) registerEmojis(d *tg.ServerDispatcher) {
	d.OnMessagesGetAvailableReactions(s.messagesGetAvailableReactions)
}

// messagesGetAvailableReactions lists reactions, if the server is to have them: clients refuse all others.
func (s *Server) messagesGetAvailableReactions(_ context.Context, hash int) (tg.MessagesAvailableReactionsClass, error) {
	if !s.opt.Reactions {
		return &tg.MessagesAvailableReactions{Hash: emojisHash}, nil
	}
	if hash == emojisHash+1 {
		return &tg.MessagesAvailableReactionsNotModified{}, nil
	}
	picture, err := base64.StdEncoding.DecodeString(emptyWebP)
	if err != nil {
		return nil, err
	}
	icon := s.sticker(webpFile, "image/webp", picture)
	moving := s.sticker(tgsFile, "application/x-tgsticker", gzipped(emptyTGS))
	out := &tg.MessagesAvailableReactions{Hash: emojisHash + 1}
	for _, e := range emojis() {
		e.StaticIcon = icon
		e.AppearAnimation, e.SelectAnimation, e.ActivateAnimation, e.EffectAnimation = moving, moving, moving, moving
		e.SetAroundAnimation(moving)
		e.SetCenterIcon(moving)
		out.Reactions = append(out.Reactions, e)
	}
	return out, nil
}

// sticker finds a sticker of the server's own, or makes it.
func (s *Server) sticker(id int64, mime string, data []byte) *tg.Document {
	f := s.files[id]
	if f == nil {
		f = &file{ID: id, Hash: randomInt64(), Reference: randomBytes(16), DC: 1, Date: s.unix(), Mime: mime, Data: data}
		s.files[id] = f
	}
	return &tg.Document{
		ID: f.ID, AccessHash: f.Hash, FileReference: f.Reference, Date: f.Date, MimeType: mime, Size: int64(len(f.Data)), DCID: f.DC,
		Attributes: []tg.DocumentAttributeClass{
			&tg.DocumentAttributeImageSize{W: 512, H: 512},
			&tg.DocumentAttributeSticker{Alt: "👍", Stickerset: &tg.InputStickerSetEmpty{}},
		},
	}
}

func gzipped(text string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(text)) // to memory
	_ = w.Close()
	return b.Bytes()
}
