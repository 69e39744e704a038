package td

import (
	"context"
	"math"
	"strings"

	"github.com/gotd/td/tg"

	"tdjson/storage/langpack"
	"tdjson/types"
)

// unknownVersion stands where the options say what version the server has; newestVersion is more than any.
const (
	unknownVersion = -1
	newestVersion  = math.MaxInt32
)

// changesQuestion names the question for the changes of a pack: see once.
func changesQuestion(target, id string) string { return "language pack changes/" + target + "/" + id }

// start asks for what the used pack lacks.
func (l *languages) start(c *Client) {
	if !l.used() {
		return
	}
	l.use(c)
	l.newVersion(c, false, unknownVersion)
	l.newVersion(c, true, unknownVersion)
}

// use takes note of the used pack's base, and asks for what is not known of it.
func (l *languages) use(c *Client) {
	l.base = l.state(c, l.id).Base
	if !langpack.ValidID(l.base) {
		l.base = ""
	}
	target, id := l.target, l.id
	if _, ok := l.info(id); ok || langpack.IsCustom(id) {
		return
	}
	c.background(func(ctx context.Context) {
		if _, err := l.ask(ctx, c, target, id); err != nil && ctx.Err() == nil {
			c.log.Printf(2, "Can't get the description of language pack %s: %v", id, err)
		}
	})
}

// optionChanged is called with the name of every option that has another value than before.
func (l *languages) optionChanged(c *Client, name string) {
	if l.db == nil {
		return // the database is not open yet
	}
	switch name {
	case "localization_target":
		l.target = c.options.values[name].str
	case "language_pack_id":
		l.id = c.options.values[name].str
	case "language_pack_version":
		l.newVersion(c, false, unknownVersion)
		return
	case "base_language_pack_version":
		l.newVersion(c, true, unknownVersion)
		return
	default:
		return
	}
	l.introduce(c)
	c.options.set(c, "language_pack_version", option{})
	c.options.set(c, "base_language_pack_version", option{})
	if !l.used() {
		return
	}
	l.use(c)
	l.newVersion(c, false, newestVersion)
	l.newVersion(c, true, newestVersion)
}

// introduce lets the connections tell the server what pack is used.
func (l *languages) introduce(c *Client) {
	pack, code := "", ""
	if l.target != "" && !langpack.IsCustom(l.id) {
		pack, code = l.target, l.id
		if code == "" {
			code = "en"
		}
	}
	if pack == c.langPack && code == c.langCode {
		return
	}
	c.langPack, c.langCode = pack, code
	c.introduce()
}

// setBase takes note of another base of the used pack.
func (l *languages) setBase(c *Client, base string) {
	l.base = base
	c.options.set(c, "base_language_pack_version", option{})
	l.newVersion(c, true, newestVersion)
}

// newVersion asks the server for the difference when it has a newer version of the used pack, or of its base.
func (l *languages) newVersion(c *Client, base bool, version int) {
	if !l.used() {
		return
	}
	id, name := l.id, "language_pack_version"
	if base {
		id, name = l.base, "base_language_pack_version"
	}
	if id == "" || langpack.IsCustom(id) {
		return
	}
	target, have := l.target, l.state(c, id).Version
	if version == unknownVersion {
		version = int(c.options.values[name].integer)
	}
	switch {
	case have == langpack.NoVersion:
		c.background(func(ctx context.Context) { l.report(ctx, c, id, l.getAll(ctx, c, target, id)) })
	case version > have:
		c.background(func(ctx context.Context) { l.report(ctx, c, id, l.getChanges(ctx, c, target, id, have)) })
	}
}

func (l *languages) report(ctx context.Context, c *Client, id string, err error) {
	if err != nil && ctx.Err() == nil {
		c.log.Printf(2, "Can't get language pack %s: %v", id, err)
	}
}

// onTooLong is an update: the server has more changes of a pack than it tells at once.
func (l *languages) onTooLong(c *Client, id string) {
	switch strings.ToLower(id) {
	case l.id:
		l.newVersion(c, false, newestVersion)
	case l.base:
		l.newVersion(c, true, newestVersion)
	}
}

// onDifference is an update: strings of a pack have changed.
func (l *languages) onDifference(c *Client, d *tg.LangPackDifference) {
	id := strings.ToLower(d.LangCode)
	if !l.used() || id == "" || id != l.id && id != l.base || langpack.IsCustom(id) {
		return
	}
	switch have := l.state(c, id).Version; {
	case d.Version <= have:
	case have == langpack.NoVersion, have < d.FromVersion:
		l.newVersion(c, id != l.id, d.Version)
	default:
		change := &langpack.Change{Version: d.Version, Diff: true, Strings: serverStrings(d.Strings)}
		if err := l.apply(c, l.target, id, change); err != nil {
			c.log.Printf(1, "Can't store language pack %s: %v", id, err)
		}
	}
}

// flight is a question to the server, which others who want to know the same wait for too.
type flight struct {
	done chan struct{}
	err  error
}

// once asks the server, or waits for the answer to the same question of somebody else.
func (c *Client) once(ctx context.Context, question string, ask func() error) error {
	if f := c.loading[question]; f != nil {
		c.await(func() {
			select {
			case <-f.done:
			case <-ctx.Done():
			}
		})
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return f.err
	}
	f := &flight{done: make(chan struct{})}
	if c.loading == nil {
		c.loading = map[string]*flight{}
	}
	c.loading[question] = f
	f.err = ask()
	delete(c.loading, question)
	close(f.done)
	return f.err
}

// getAll asks for all strings of a pack.
func (l *languages) getAll(ctx context.Context, c *Client, target, id string) error {
	return c.once(ctx, "language pack/"+target+"/"+id, func() error {
		d, err := c.api.tg.LangpackGetLangPack(ctx, &tg.LangpackGetLangPackRequest{LangPack: target, LangCode: id})
		if err != nil {
			return err
		}
		return l.apply(c, target, id, &langpack.Change{Version: d.Version, Strings: serverStrings(d.Strings)})
	})
}

// getChanges asks for what has changed in a pack since a version.
func (l *languages) getChanges(ctx context.Context, c *Client, target, id string, version int) error {
	return c.once(ctx, changesQuestion(target, id), func() error {
		d, err := c.api.tg.LangpackGetDifference(ctx, &tg.LangpackGetDifferenceRequest{LangPack: target, LangCode: id, FromVersion: version})
		if err != nil {
			return err
		}
		return l.apply(c, target, id, &langpack.Change{Version: d.Version, Diff: true, Strings: serverStrings(d.Strings)})
	})
}

// fetch asks for strings of a pack, all of them if there are no keys.
func (l *languages) fetch(ctx context.Context, c *Client, target, id string, keys []string) error {
	if len(keys) == 0 {
		return l.getAll(ctx, c, target, id)
	}
	list, err := c.api.tg.LangpackGetStrings(ctx, &tg.LangpackGetStringsRequest{LangPack: target, LangCode: id, Keys: keys})
	if err != nil {
		return err
	}
	return l.apply(c, target, id, &langpack.Change{Version: langpack.NoVersion, Keys: keys, Strings: serverStrings(list)})
}

// list asks for the server's packs.
func (l *languages) list(ctx context.Context, c *Client) (*types.LocalizationTargetInfo, error) {
	target := l.target
	list, err := c.api.tg.LangpackGetLanguages(ctx, target)
	if err != nil {
		return nil, err
	}
	var server []langpack.Named
	for i := range list {
		n, err := serverPack(&list[i])
		if err != nil {
			c.log.Printf(1, "Language pack %q of the server can't be used: %v", list[i].LangCode, err)
			continue
		}
		server = append(server, n)
	}
	answer, err := l.describe(c, target, server)
	if err != nil {
		return nil, err
	}
	return answer, l.db.SetServer(target, server)
}

// ask asks for the description of one pack.
func (l *languages) ask(ctx context.Context, c *Client, target, id string) (*types.LanguagePackInfo, error) {
	p, err := c.api.tg.LangpackGetLanguage(ctx, &tg.LangpackGetLanguageRequest{LangPack: target, LangCode: id})
	if err != nil {
		return nil, err
	}
	n, err := serverPack(p)
	if err != nil {
		return nil, err
	}
	object, err := l.object(c, target, n)
	if err != nil {
		return nil, err
	}
	custom, err := l.db.Custom(target)
	if err != nil {
		return nil, err
	}
	for i := range custom {
		object.IsInstalled = object.IsInstalled || custom[i].ID == n.ID || custom[i].ID == id
	}
	return object, l.db.Learn(target, n)
}

// getLanguagePackInfo asks the server for the description of a pack.
func (c *Client) getLanguagePackInfo(ctx context.Context, f *types.GetLanguagePackInfo) (*types.LanguagePackInfo, error) {
	if err := cleanInputs(&f.LanguagePackID); err != nil {
		return nil, err
	}
	if c.languages.target == "" {
		return nil, errNoTarget
	}
	return c.languages.ask(ctx, c, c.languages.target, f.LanguagePackID)
}

// synchronizeLanguagePack asks the server for what has changed in a pack.
func (c *Client) synchronizeLanguagePack(ctx context.Context, f *types.SynchronizeLanguagePack) (*types.Ok, error) {
	l := &c.languages
	if err := cleanInputs(&f.LanguagePackID); err != nil {
		return nil, err
	}
	switch {
	case f.LanguagePackID == "", !langpack.ValidID(f.LanguagePackID):
		return nil, errPackID
	case l.target == "":
		return nil, errNoTarget
	case langpack.IsCustom(f.LanguagePackID):
		return &types.Ok{}, nil
	}
	state, err := l.db.State(l.target, f.LanguagePackID)
	if err != nil {
		return nil, err
	}
	return &types.Ok{}, l.getChanges(ctx, c, l.target, f.LanguagePackID, max(state.Version, 0))
}
