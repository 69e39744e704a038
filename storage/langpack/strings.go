package langpack

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
)

// State is how much of a pack there is.
type State struct {
	Version int // NoVersion: at most some strings
	Count   int
	Base    string // ID of the pack that has the strings that this one lacks
}

// State tells how much there is of a pack, which is known from then on.
func (d *Database) State(target, id string) (State, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, p, err := d.pack(target, id)
	if err != nil {
		return State{Version: NoVersion}, err
	}
	return State{p.version, p.count, p.base}, nil
}

// Known says whether somebody in this process has asked for the pack.
func (d *Database) Known(target, id string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	t := d.targets[target]
	return t != nil && t.packs[id] != nil
}

// Strings returns the strings with the keys, or all when keys is empty. False says that the database does not know them all.
func (d *Database) Strings(target, id string, keys []string) ([]String, bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, p, err := d.pack(target, id)
	if err != nil {
		return nil, false, err
	}
	if len(keys) == 0 {
		return p.strings()
	}
	list := make([]String, 0, len(keys))
	for _, key := range keys {
		v, err := p.table.get(key)
		if err != nil || v == "" && !p.full {
			return nil, false, err
		}
		list = append(list, String{key, parseValue(v)})
	}
	return list, true, nil
}

// strings are all strings: the ordinary ones, then the pluralized ones, each by their keys.
func (p *pack) strings() ([]String, bool, error) {
	if !p.full {
		return nil, false, nil
	}
	values, err := p.table.all()
	if err != nil {
		return nil, false, err
	}
	list := make([]String, 0, len(values))
	for k, v := range values {
		if isString(k, v) {
			list = append(list, String{k, parseValue(v)})
		}
	}
	slices.SortFunc(list, func(a, b String) int {
		return cmp.Or(cmp.Compare(a.Value.Kind, b.Value.Kind), cmp.Compare(a.Key, b.Key))
	})
	return list, true, nil
}

// Change is news of a pack. Strings with a key that is not valid are left out.
type Change struct {
	Version int      // of the pack with the change, or NoVersion: it stays as it is
	Keys    []string // those asked for; what Strings lacks of them does not exist
	Diff    bool     // Strings is what changed; without it and Keys they are all there is
	Strings []String
}

// Changed is what came of a Change.
type Changed struct {
	Applied    bool // false: the pack was as new already
	NewVersion bool
	Tell       bool     // the program should hear of it
	Strings    []String // those that changed, for a Diff
}

// Apply changes a pack.
func (d *Database) Apply(target, id string, c *Change) (Changed, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, p, err := d.pack(target, id)
	if err != nil || p.version >= c.Version && len(c.Keys) == 0 {
		return Changed{}, err
	}
	old, err := p.table.all()
	if err != nil {
		return Changed{}, err
	}
	values, list := p.values(c, old)
	next := *p
	done := Changed{Applied: true, NewVersion: p.version < c.Version, Strings: list}
	next.version = max(p.version, c.Version)
	next.full = p.full || len(c.Keys) == 0 && !c.Diff || next.version != NoVersion && p.table.lasts()
	done.Tell = c.Diff || next.full && p.version == NoVersion
	if next.full {
		for k, v := range values {
			if v == storedDeleted {
				values[k] = "" // what a whole pack does not have does not exist
			}
		}
	}
	maps.Copy(old, values)
	next.count = countOf(old)
	values[keyCount] = strconv.Itoa(next.count)
	if next.version != NoVersion {
		values[keyVersion] = strconv.Itoa(next.version)
	}
	if err := p.table.put(values); err != nil {
		return Changed{}, err
	}
	*p = next
	return done, nil
}

// values are what the change puts into the table, and the strings that it brings.
func (p *pack) values(c *Change, old map[string]string) (map[string]string, []String) {
	values := make(map[string]string, len(c.Strings)+2)
	var list []String
	for _, s := range c.Strings {
		if ValidKey(s.Key) {
			values[s.Key] = s.Value.stored()
			list = append(list, s)
		}
	}
	for _, key := range c.Keys {
		if !p.full && values[key] == "" && old[key] == "" {
			values[key] = storedDeleted
			list = append(list, String{Key: key})
		}
	}
	return values, list
}

// Drop forgets the strings of a pack and, if it is a custom one, that it is there.
func (d *Database) Drop(target, id string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	t, p, err := d.pack(target, id)
	if err != nil {
		return err
	}
	if err := p.table.clear(); err != nil {
		return err
	}
	p.version, p.count, p.full = NoVersion, 0, false
	delete(t.custom, id)
	return t.table.put(map[string]string{id: ""})
}

// SetBase says which pack has the strings that this one lacks, and whether that is news.
func (d *Database) SetBase(target, id, base string) (bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	_, p, err := d.pack(target, id)
	if err != nil || p.base == base {
		return false, err
	}
	p.base = base
	return true, p.table.put(map[string]string{keyBase: base})
}
