package testdc

import (
	"bytes"
	"image"
	"image/color"
	_ "image/gif" // formats that photos may have
	"image/jpeg"
	_ "image/png"

	"github.com/gotd/td/tg"
)

// maxPixels bounds what is decoded.
const maxPixels = 64 << 20

// sides are the sizes of a photo: the longest side of those that keep the shape, the side of the squares for profiles.
type side struct {
	name   string
	pixels int
	square bool
}

func messageSides() []side { return []side{{"m", 320, false}, {"x", 800, false}, {"y", 1280, false}} }

func profileSides() []side { return []side{{"a", 160, true}, {"b", 320, true}, {"c", 640, true}} }

// uploadPhoto makes a photo for a profile of an uploaded file.
func (c *call) uploadPhoto(in tg.InputFileClass) (*file, error) {
	return c.newPhoto(in, profileSides())
}

func (c *call) newPhoto(in tg.InputFileClass, sides []side) (*file, error) {
	data, name, err := c.uploaded(in)
	if err != nil {
		return nil, err
	}
	sizes, err := resize(data, sides)
	if err != nil {
		return nil, err
	}
	f := c.srv.newFile(c.account(), name, "image/jpeg")
	f.Sizes = sizes
	return f, nil
}

// resize makes the sizes of a photo: those smaller than it, and one as large as it is.
func resize(data []byte, sides []side) ([]size, error) {
	info, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, rpcError(400, "IMAGE_PROCESS_FAILED")
	}
	if info.Width <= 0 || info.Height <= 0 || info.Width+info.Height > 10000 || info.Width*info.Height > maxPixels ||
		max(info.Width, info.Height) > 20*min(info.Width, info.Height) {
		return nil, rpcError(400, "PHOTO_INVALID_DIMENSIONS")
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, rpcError(400, "IMAGE_PROCESS_FAILED")
	}
	var list []size
	for _, d := range sides {
		w, h := fit(info.Width, info.Height, d)
		whole := w == info.Width && h == info.Height
		one := size{Type: d.name, W: w, H: h, Data: data}
		if !whole || format != "jpeg" {
			var b bytes.Buffer
			if err := jpeg.Encode(&b, scale(img, w, h), &jpeg.Options{Quality: 87}); err != nil {
				return nil, rpcError(400, "IMAGE_PROCESS_FAILED")
			}
			one.Data = b.Bytes()
		}
		list = append(list, one)
		if whole && !d.square {
			break
		}
	}
	return list, nil
}

// fit is how large a picture becomes: never larger than it is, but squares always have their size.
func fit(w, h int, d side) (int, int) {
	long := max(w, h)
	switch {
	case d.square:
		return d.pixels, d.pixels
	case long <= d.pixels:
		return w, h
	}
	return max(1, w*d.pixels/long), max(1, h*d.pixels/long)
}

// scale makes a picture of w × h of the middle of another, each point the mean of those it covers.
func scale(img image.Image, w, h int) image.Image {
	b := img.Bounds()
	cut := b
	if b.Dx()*h > b.Dy()*w {
		cut.Min.X += (b.Dx() - b.Dy()*w/h) / 2
		cut.Max.X = cut.Min.X + max(1, b.Dy()*w/h)
	} else {
		cut.Min.Y += (b.Dy() - b.Dx()*h/w) / 2
		cut.Max.Y = cut.Min.Y + max(1, b.Dx()*h/w)
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			out.SetRGBA(x, y, mean(img, image.Rect(
				cut.Min.X+x*cut.Dx()/w, cut.Min.Y+y*cut.Dy()/h, cut.Min.X+(x+1)*cut.Dx()/w, cut.Min.Y+(y+1)*cut.Dy()/h)))
		}
	}
	return out
}

func mean(img image.Image, r image.Rectangle) color.RGBA {
	r.Max.X, r.Max.Y = max(r.Max.X, r.Min.X+1), max(r.Max.Y, r.Min.Y+1)
	var red, green, blue, n uint64
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			cr, cg, cb, _ := img.At(x, y).RGBA()
			red, green, blue, n = red+uint64(cr), green+uint64(cg), blue+uint64(cb), n+1
		}
	}
	return color.RGBA{uint8(red / n >> 8), uint8(green / n >> 8), uint8(blue / n >> 8), 255}
}

// knownPhoto finds a photo that a client names.
func (c *call) knownPhoto(in tg.InputPhotoClass) (*file, error) {
	p, ok := in.(*tg.InputPhoto)
	if !ok {
		return nil, rpcError(400, "PHOTO_INVALID")
	}
	f, err := c.known(p.ID, p.AccessHash, p.FileReference)
	if err != nil {
		return nil, err
	}
	if len(f.Sizes) == 0 {
		return nil, rpcError(400, "PHOTO_INVALID")
	}
	return f, nil
}

// photo is a photo as clients are told of it.
func (s *Server) photo(id int64) tg.PhotoClass {
	f := s.files[id]
	if f == nil {
		return &tg.PhotoEmpty{ID: id}
	}
	return &tg.Photo{ID: f.ID, AccessHash: f.Hash, FileReference: f.Reference, Date: f.Date, Sizes: f.listed(), DCID: f.DC}
}

func (f *file) listed() []tg.PhotoSizeClass {
	list := []tg.PhotoSizeClass{}
	for _, s := range f.Sizes {
		list = append(list, &tg.PhotoSize{Type: s.Type, W: s.W, H: s.H, Size: len(s.Data)})
	}
	return list
}

// profilePhoto is how an account looks, nil when it has no photo.
func (s *Server) profilePhoto(a *account) tg.UserProfilePhotoClass {
	if len(a.Photos) == 0 || s.files[a.Photos[0]] == nil {
		return nil
	}
	f := s.files[a.Photos[0]]
	return &tg.UserProfilePhoto{PhotoID: f.ID, DCID: f.DC}
}

func (s *Server) chatPhoto(ch *chat) tg.ChatPhotoClass {
	f := s.files[ch.Photo]
	if f == nil {
		return &tg.ChatPhotoEmpty{}
	}
	return &tg.ChatPhoto{PhotoID: f.ID, DCID: f.DC}
}
