package langpack

import (
	"maps"
	"slices"
)

// Custom lists the packs that were made or added by the program, by their IDs.
func (d *Database) Custom(target string) ([]Named, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	t, err := d.target(target)
	if err != nil {
		return nil, err
	}
	var list []Named
	for _, id := range slices.Sorted(maps.Keys(t.custom)) {
		list = append(list, Named{id, t.custom[id]})
	}
	return list, nil
}

// SetCustom adds a custom pack, or changes what it is said to be.
func (d *Database) SetCustom(target string, n Named) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	t, err := d.target(target)
	if err != nil {
		return err
	}
	t.custom[n.ID] = n.Info
	return t.table.put(map[string]string{n.ID: n.stored()})
}

// Server lists the server's packs, as SetServer gave them last.
func (d *Database) Server(target string) ([]Named, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	t, err := d.target(target)
	if err != nil {
		return nil, err
	}
	return slices.Clone(t.server), nil
}

// FromServer finds what the server said of a pack.
func (d *Database) FromServer(target, id string) (Info, bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	t, err := d.target(target)
	if err != nil {
		return Info{}, false, err
	}
	info, ok := t.known[id]
	return info, ok, nil
}

// SetServer keeps the list of the server's packs.
func (d *Database) SetServer(target string, list []Named) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	t, err := d.target(target)
	if err != nil {
		return err
	}
	for _, n := range list {
		t.known[n.ID] = n.Info
	}
	if slices.Equal(t.server, list) {
		return nil
	}
	t.server = slices.Clone(list)
	return t.table.put(map[string]string{keyServer: storedList(list)})
}

// Learn keeps what the server said of one pack. In the list it is changed if it is there.
func (d *Database) Learn(target string, n Named) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	t, err := d.target(target)
	if err != nil {
		return err
	}
	t.known[n.ID] = n.Info
	i := slices.IndexFunc(t.server, func(old Named) bool { return old.ID == n.ID })
	if i < 0 || t.server[i] == n {
		return nil
	}
	t.server[i] = n
	return t.table.put(map[string]string{keyServer: storedList(t.server)})
}
