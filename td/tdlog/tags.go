package tdlog

// A Tag is a part of the library that writes with a verbosity level of its own.
type Tag int

// The tags, in the order of their names.
const (
	TagActor Tag = iota
	TagBinlog
	TagConfigRecoverer
	TagConnections
	TagDC
	TagDNSResolver
	TagFD
	TagFileGC
	TagFileLoader
	TagFileReferences
	TagGetDifference
	TagMTProto
	TagNetQuery
	TagNotifications
	TagProxy
	TagRawMTProto
	TagSQLite
	TagTdInit
	TagTdRequests
	TagUpdateFile
	tagCount
)

// tagTable gives each tag its name and the level it starts with.
var tagTable = [tagCount]struct {
	name  string
	level int32
}{
	TagActor:           {"actor", 14},
	TagBinlog:          {"binlog", 12},
	TagConfigRecoverer: {"config_recoverer", 3},
	TagConnections:     {"connections", 3},
	TagDC:              {"dc", 6},
	TagDNSResolver:     {"dns_resolver", 4},
	TagFD:              {"fd", 13},
	TagFileGC:          {"file_gc", 3},
	TagFileLoader:      {"file_loader", 4},
	TagFileReferences:  {"file_references", 3},
	TagGetDifference:   {"get_difference", 3},
	TagMTProto:         {"mtproto", 11},
	TagNetQuery:        {"net_query", 3},
	TagNotifications:   {"notifications", 3},
	TagProxy:           {"proxy", 4},
	TagRawMTProto:      {"raw_mtproto", 14},
	TagSQLite:          {"sqlite", 14},
	TagTdInit:          {"td_init", 7},
	TagTdRequests:      {"td_requests", 3},
	TagUpdateFile:      {"update_file", 3},
}

// Tags lists the names of the tags in order.
func (l *Log) Tags() []string {
	names := make([]string, tagCount)
	for i, t := range tagTable {
		names[i] = t.name
	}
	return names
}

// SetTagVerbosity sets the level of a tag, brought into 1…Never.
func (l *Log) SetTagVerbosity(name string, level int) error {
	tag, err := tagOf(name)
	if err != nil {
		return err
	}
	l.tags[tag].Store(int32(min(max(level, Error), Never)))
	return nil
}

// TagVerbosity is the level of a tag.
func (l *Log) TagVerbosity(name string) (int, error) {
	tag, err := tagOf(name)
	if err != nil {
		return 0, err
	}
	return int(l.tags[tag].Load()), nil
}

func tagOf(name string) (Tag, error) {
	if name == "" {
		return 0, ErrTagEmpty
	}
	for i, t := range tagTable {
		if t.name == name {
			return Tag(i), nil
		}
	}
	return 0, ErrTagUnknown
}
