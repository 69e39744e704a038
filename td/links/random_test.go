package links

import (
	"flag"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"tdjson/types"
)

var (
	libtdjson = flag.String("libtdjson", "", "a libtdjson.so to be asked")
	askFor    = flag.Duration("for", time.Minute, "how long to ask it")
	seed      = flag.Uint64("seed", 0, "what random requests begin with; 0: the time")
)

// TestRandom asks a libtdjson at random and holds its answers against ours:
//
//	go test ./td/links -run TestRandom -libtdjson path/to/libtdjson.so -for 10m -timeout 0
func TestRandom(t *testing.T) {
	if *libtdjson == "" {
		t.Skip("no -libtdjson")
	}
	if *seed == 0 {
		*seed = uint64(time.Now().UnixNano())
	}
	g := newGenerator(t, *seed)
	l := openLibrary(t, *libtdjson)
	asked, wrong := 0, 0
	for end := time.Now().Add(*askFor); time.Now().Before(end) && wrong < 20; {
		requests, ours := g.batch(t, 2000)
		theirs, err := l.ask(requests)
		if err != nil {
			t.Fatalf("seed %d, after %d requests: %v\n%s", *seed, asked, err, strings.Join(requests, "\n"))
		}
		for i := range requests {
			if ours[i] != theirs[i] {
				wrong++
				t.Errorf("%s\n is %s\n not %s", requests[i], theirs[i], ours[i])
			}
		}
		asked += len(requests)
	}
	t.Logf("seed %d: %d requests", *seed, asked)
}

// A generator makes random requests.
type generator struct {
	*rand.Rand
	rows    [][]row // by the kind of their answer
	classes map[string][]types.Object
	lists   map[string][]string
}

func newGenerator(t testing.TB, seed uint64) *generator {
	rows := recorded(t)
	g := &generator{rand.New(rand.NewPCG(seed, 1)), nil, classesIn(t, rows), map[string][]string{}}
	kinds := map[string]int{}
	for _, r := range rows {
		kind := r.answer // of an error
		if !strings.HasPrefix(kind, `{"@type":"error"`) {
			kind = kind[:strings.IndexAny(kind, ",}")]
			if f, ok := decode(t, r.request).(*types.GetInternalLink); ok {
				kind = types.Name(f.Type)
			}
		}
		if _, ok := kinds[kind]; !ok {
			kinds[kind] = len(g.rows)
			g.rows = append(g.rows, nil)
		}
		g.rows[kinds[kind]] = append(g.rows[kinds[kind]], r)
	}
	for _, list := range []string{places, words, keys, values} {
		g.lists[list] = strings.Fields(list)
	}
	return g
}

// batch makes requests and our answers to them. TDLib dies of some answers that are not in UTF-8, so there are none of those.
func (g *generator) batch(t testing.TB, n int) (requests, answers []string) {
	for len(requests) < n {
		request := g.request(t)
		if text, ok := answer(t, request); ok {
			requests = append(requests, request)
			answers = append(answers, text)
		}
	}
	return requests, answers
}

func (g *generator) request(t testing.TB) string {
	var f types.Object
	switch g.IntN(10) {
	case 0, 1, 2:
		f = &types.GetInternalLink{Type: g.linkType(), IsHTTP: g.IntN(2) == 0}
	case 3, 4, 5:
		rows := g.rows[g.IntN(len(g.rows))]
		return g.mutated(t, rows[g.IntN(len(rows))].request)
	case 6:
		f = &types.GetInternalLinkType{Link: g.pick(drafts) + escape(g.text()) + g.pick("& &text= &text= &profile&text= #") + escape(g.text())}
	default:
		f = &types.GetInternalLinkType{Link: g.link()}
	}
	b, _ := types.Append(nil, f)
	return strings.ReplaceAll(string(b), `\ue123`, `\ud800`)
}

// surrogate stands for half a character, which no string of Go's own has.
const surrogate = "\ue123"

// mutated changes the strings of a recorded request.
func (g *generator) mutated(t testing.TB, request string) string {
	f := decode(t, request)
	for range 1 + g.IntN(3) {
		g.mutateStrings(reflect.ValueOf(f).Elem())
	}
	b, ok := types.Append(nil, f)
	if !ok {
		return request
	}
	return strings.ReplaceAll(string(b), `\ue123`, `\ud800`)
}

func (g *generator) mutateStrings(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(g.mutate(v.String()))
	case reflect.Bool:
		if g.IntN(4) == 0 {
			v.SetBool(!v.Bool())
		}
	case reflect.Int32, reflect.Int64:
		if g.IntN(4) == 0 {
			v.SetInt(g.integer(v.Kind()))
		}
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			g.mutateStrings(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			g.mutateStrings(v.Field(i))
		}
	case reflect.Slice:
		for i := range v.Len() {
			g.mutateStrings(v.Index(i))
		}
	}
}

const specials = "/?#&=%+ @:.-_~$*!'()[];,\\\"<>|^`{}\x00\x01\t\n\r\v\f\x1f\x7f"

// mutate changes a few characters of a string.
func (g *generator) mutate(s string) string {
	r := []rune(s)
	for range g.IntN(3) + 1 {
		i := g.IntN(len(r) + 1)
		j := i + g.IntN(min(len(r)-i, 6)+1)
		part := append([]rune(nil), r[i:j]...)
		switch g.IntN(10) {
		case 0:
			r = append(r[:i], r[j:]...)
		case 1:
			r = append(r[:i], append(part, r[i:]...)...)
		case 2:
			r = append(r[:i], append([]rune(g.word()), r[i:]...)...)
		case 3:
			r = append(r[:i], append([]rune(string(specials[g.IntN(len(specials))])), r[i:]...)...)
		case 4:
			for k := i; k < j; k++ {
				if isLetter(byte(r[k])) && r[k] < 0x80 {
					r[k] ^= 0x20
				}
			}
		case 5:
			encoded := ""
			for _, b := range []byte(string(part)) {
				encoded += "%" + strings.ToUpper(strconv.FormatUint(uint64(b)|0x100, 16)[1:])
			}
			r = append(r[:i], append([]rune(encoded), r[j:]...)...)
		case 6:
			r = append(r[:i], append([]rune("%"+string("0123456789abcdefABCDEFg"[g.IntN(23)])+string("0123456789abcdefABCDEF/"[g.IntN(23)])), r[i:]...)...)
		case 7:
			r = append(r[:i], append([]rune(g.value()), r[j:]...)...)
		case 8:
			r = append(r[:i], append([]rune(oddRunes)[g.IntN(20):][:1], r[i:]...)...)
		case 9:
			r = append(r[:i], append([]rune("&"+g.key()+"="+g.value()), r[i:]...)...)
		}
	}
	return string(r)
}

func (g *generator) pick(words string) string {
	list := g.lists[words]
	if list == nil {
		list = strings.Fields(words)
	}
	return list[g.IntN(len(list))]
}

const (
	places = `tg: tg:// TG:// tg:/ tg:/// http://t.me/ https://t.me/ t.me/ T.ME/ www.t.me/ https://www.t.me/ telegram.me/ telegram.dog/
		https://telegram.dog/s/ t.me/s/ t.me/s/s/ t.me/%73/ https://durov.t.me/ durov.t.me abc.t.me/ a.t.me m.t.me/ web.t.me/ login.t.me/
		https://user:x@t.me/ @t.me/ t.me:80/ t.me:443/ t.me:0443/ t.me:444/ https://t.me:0/ telegra.ph/ https://te.legra.ph/ graph.org/
		www.telegra.ph/ http://[::1]/ t.me./ t%2eme/ %74.me/ tg:// tg:// https://t.me/ https://t.me/ tg:// https://t.me/ https://
		http:// ftp:// t.me# t.me? t.me?/ telegra.ph telegra.ph? a.b.t.me/ https://t.me// durov_x.t.me/ https://T.me:443/ tg:@ ton://`
	words = `resolve nft contact contacts chats new post login oauth restore_purchases passport premium_offer premium_multigift settings stars
		ton addlist call join addstickers addemoji setlanguage addstyle addtheme confirmphone socks proxy privatepost boost bg invoice
		giftcode message share msg msg_url url stars_topup stargift_auction newbot c joinchat auction m iv i +abc +123 +79161234567 $x $
		durov telegrampassport durov/123 durov/1/2 c/1 c/1/2 c/1/2/3 durov/s/1 durov/s/live durov/c/1 durov/a/1 durov/app boost/durov
		edit emoji-status search channel group photo video live saved-messages calls my-profile appearance business data devices folders
		language notifications power-saving privacy privacy-policy qr-code send-gift faq features ask-question themes auto_delete
		change_number login_email password phone_privacy edit_profile profile-color profile-photo premium chat browser s a all missed
		posts gifts archived-posts / // %20 %2B1 %2B 0 1 -1 +1 123 0x1 2000000000 9223372036854775808 18446744073709551617 stars ton`
	keys = `domain post single thread comment t task option startapp voicechat videochat livestream ref start startgroup startchannel game
		appname story attach startattach direct collection album profile text phone slug token code ref set lang hash server port user
		pass secret channel color gradient rotation mode intensity bg_color url rhash balance purpose manager username name bot_id scope
		public_key nonce payload callback_url choose admin boost c invite x domain domain domain`
	values = `durov a ab abc abc_ a__b 1a oauth telegrampassport boost i 1 12 0 -1 01 +1 1x 123 1999999999 2000000000 2147483647 2147483648
		4294967297 9223372036854775807 9223372036854775808 18446744073709551616 99999999999999999999999 -9223372036854775808 live
		_tgr_ _tgr_x _tgr_%20 abcdefgh abcdefghijklmnop abcdefghijklmn 0123456789abcdef0123456789abcdef dd0123456789abcdef0123456789abcdef
		ee0123456789abcdef0123456789abcdef61 ee0123456789abcdef0123456789abcdef AAAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAAA==
		AAAAAAAAAAAAAAAAAAAAAB 7gAAAAAAAAAAAAAAAAAAAAAAYQ 7gAAAAAAAAAAAAAAAAAAAAAA-_%2B 7v///////////////////2FiYw== 3QAAAAAAAAAAAAAAAAAAAAA
		change_info post_messages edit_messages delete_messages restrict_members invite_users pin_messages manage_topics promote_members
		manage_video_chats post_stories edit_stories delete_stories manage_direct_messages manage_tags anonymous manage_chat
		change_info+anonymous post_messages+pin_messages manage_chat%20x users bots groups channels users+bots groups+channels+x compact
		fullscreen full blur blur+motion 45 360 90x 46 fff 000000 ffffff-000000 fff~000~123 fff~000 fff~0~1~2 1~2~3~4~5 g 1234567 %31%32
		ffffff-ffffff? rotation=45 -fff ~ - X x X1 en en-us e en_us 127.0.0.1 a.com @durov %40durov @ %20@a a%0Ab %0A %0a%0a /start
		#tag $USD a@b.com http://a.com/ https://t.me/durov +79161234567 4111111111111111 12:34 %ff %C3%A9 é %00 \ %E2%80%8E%E2%80%8F
		%E2%80%AE %CC%B3x %E2%80%8B %EF%BB%BF %F3%A0%81%81 привет 漢字 😀 tg:join?invite=abc tg:addlist?slug=a tg:call?slug=b tg://resolve?domain=a&post=1
		https://t.me/+abc https://t.me/joinchat/abc https://t.me/call/x https://t.me/addlist/x tg://boost?domain=a https://t.me/c/1?boost
		https://t.me/a/1 tg://oauth?token=x tg://x https://telegra.ph/x telegra.ph/x https://t.me/iv?url=a start://a start:// start://* start`
)

func (g *generator) word() string { return g.pick(words) }

func (g *generator) key() string { return g.pick(keys) }

func (g *generator) value() string {
	switch g.IntN(30) {
	case 0:
		return ""
	case 1:
		return strings.Repeat(g.pick(values), 1+g.IntN(20))
	case 2:
		return g.pick(values) + " " + g.pick(values)
	case 3:
		return strings.Repeat(g.pick("a 1 é 😀 a_ %41 %0a +"), 20+g.IntN(20))
	case 4:
		return surrogate
	case 5:
		if g.IntN(40) == 0 {
			return strings.Repeat(g.pick("a 1 é 漢 😀 ab+ x%20 \u200e"), 4000+g.IntN(40000))
		}
	case 6:
		return g.pick(keys) + "=" + g.pick(values)
	}
	return g.pick(values)
}

const drafts = `tg://msg_url?url= tg:msg?url= https://t.me/share/url?url= https://t.me/msg/url?url= tg://resolve?domain=durov&text=
	https://t.me/durov?text= tg://resolve?phone=123&text= https://t.me/+123?text=`

// oddRunes are the ends of ranges of characters that texts are cleaned of, or that can't be seen.
const oddRunes = "\t\n\v\f\r\x1f \x7f\u0085\u00a0\u0309\u030a\u030b\u0332\u0333\u0334\u033e\u033f\u0340\u1680\u180e\u1fff\u2000\u200a\u200b\u200c" +
	"\u200d\u200e\u200e\u200f\u200f\u2010\u2027\u2028\u202d\u202e\u202f\u2030\u205e\u205f\u2060\u27ff\u2800\u2801\u2fff\u3000\u3001\ufefe\ufeff" +
	"\uff00\ufffb\ufffc\ufffd\U000dffff\U000e0000\U000e007f\U000e0080"

// text makes a text, some as long as what is kept of one.
func (g *generator) text() string {
	var b strings.Builder
	odd := []rune(oddRunes)
	for range g.IntN(5) {
		switch g.IntN(5) {
		case 0:
			b.WriteString(unescape(g.value(), true))
		case 1:
			b.WriteString(g.pick(values))
		case 2:
			if g.IntN(20) == 0 {
				filler := g.pick("a é 漢 😀 ab, @durov, a\u200e")
				length := []int{4096 * len(filler) / max(1, len([]rune(filler))), 35000}[g.IntN(2)] - b.Len() + g.IntN(16) - 8
				b.WriteString(strings.Repeat(filler, max(0, length)/len(filler)) + strings.Repeat("b", g.IntN(4)))
			}
		default:
			for range 1 + g.IntN(3) {
				b.WriteRune(odd[g.IntN(len(odd))])
			}
		}
	}
	return b.String()
}

// link makes something like a link.
func (g *generator) link() string {
	var b strings.Builder
	b.WriteString(g.pick(places))
	b.WriteString(g.word())
	for g.IntN(3) == 0 {
		b.WriteByte('/')
		if g.IntN(2) == 0 {
			b.WriteString(g.word())
		} else {
			b.WriteString(g.value())
		}
	}
	mark := "?"
	for g.IntN(3) > 0 {
		b.WriteString(mark + g.key())
		if g.IntN(8) > 0 {
			b.WriteString("=" + g.value())
		}
		mark = "&"
	}
	s := b.String()
	if g.IntN(4) == 0 {
		return g.mutate(s)
	}
	return s
}

func (g *generator) integer(k reflect.Kind) int64 {
	n := []int64{0, 1, -1, 12, 123456, 1999999999, 2000000000, 2147483647, -2147483648}[g.IntN(9)]
	if k == reflect.Int64 && g.IntN(3) == 0 {
		n = []int64{1 << 31, 1<<40 - 1, 1 << 40, 1<<53 - 1, 1 << 53, 1<<63 - 1, -1 << 63}[g.IntN(7)]
	}
	return n
}

// linkType makes something for Make.
func (g *generator) linkType() types.InternalLinkType {
	if g.IntN(300) == 0 {
		return nil
	}
	return g.fresh(g.typeNamed("InternalLinkType")).(types.InternalLinkType)
}

// typeNamed is the zero of a random type of a class.
func (g *generator) typeNamed(class string) types.Object {
	list := g.classes[class]
	return list[g.IntN(len(list))]
}

// fresh is a new object like another, filled at random.
func (g *generator) fresh(like types.Object) types.Object {
	v := reflect.New(reflect.TypeOf(like).Elem())
	g.fill(v.Elem())
	return v.Interface().(types.Object)
}

func (g *generator) fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		switch g.IntN(8) {
		case 0:
			v.SetString(g.link())
		case 1:
			v.SetString(g.word())
		case 2:
			list := sections()[g.IntN(len(sections()))]
			v.SetString(list[g.IntN(len(list))])
		case 3:
			v.SetString(g.mutate(g.value()))
		default:
			v.SetString(unescape(g.value(), false))
		}
		if !utf8.ValidString(v.String()) {
			v.SetString("abc")
		}
	case reflect.Bool:
		v.SetBool(g.IntN(4) == 0)
	case reflect.Int32, reflect.Int64:
		v.SetInt(g.integer(v.Kind()))
	case reflect.Interface:
		if g.IntN(8) > 0 {
			v.Set(reflect.ValueOf(g.fresh(g.typeNamed(v.Type().Name()))))
		}
	case reflect.Pointer:
		if g.IntN(8) > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			g.fill(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			g.fill(v.Field(i))
		}
	}
}

func sections() [18][]string {
	return [...][]string{callsSections, contactsSections, myProfileSections, appearanceSections, browserSections, businessSections,
		dataSections, devicesSections, editProfileSections, profileSections, foldersSections, languageSections, notificationsSections,
		powerSavingSections, privacySections, qrCodeSections, sendGiftSections, starsSections}
}
