package td

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"tdjson/td/tdlog"
	"tdjson/types"
)

// fileStats is what TDLib answers of files when there are none: one line for all chats together, unless it was asked by chat.
func fileStats(byChat bool) *types.StorageStatistics {
	stats := &types.StorageStatistics{ByChat: []*types.StorageStatisticsByChat{}}
	if !byChat {
		stats.ByChat = append(stats.ByChat, &types.StorageStatisticsByChat{})
	}
	return stats
}

// getStorageStatistics answers how much room the account's files take.
func (c *Client) getStorageStatistics(_ context.Context, f *types.GetStorageStatistics) (*types.StorageStatistics, error) {
	return fileStats(f.ChatLimit != 0), nil
}

// optimizeStorage deletes files that were not used for long.
func (c *Client) optimizeStorage(_ context.Context, f *types.OptimizeStorage) (*types.StorageStatistics, error) {
	if slices.ContainsFunc(f.FileTypes, func(kind types.FileType) bool { return types.IsNil(kind) }) {
		return nil, types.NewError(400, "File type must be non-empty")
	}
	return fileStats(f.ChatLimit != 0 || len(f.ChatIDs) > 0 || len(f.ExcludeChatIDs) > 0), nil
}

// getStorageStatisticsFast answers how much room the databases and the log take.
func (c *Client) getStorageStatisticsFast(context.Context, *types.GetStorageStatisticsFast) (*types.StorageStatisticsFast, error) {
	answer := &types.StorageStatisticsFast{}
	if db, ok := c.store.db.(interface{ Path() string }); ok {
		answer.DatabaseSize = databaseSize(db.Path())
	}
	if path := c.options.values["language_pack_database_path"].str; path != "" {
		answer.LanguagePackDatabaseSize = databaseSize(path)
	}
	if s := c.log.Stream(); s.Kind == tdlog.StreamFile {
		answer.LogSize = sizeOf(s.Path) + sizeOf(s.Path+".old")
	}
	return answer, nil
}

// databaseSize is the size of all files of an SQLite database.
func databaseSize(path string) int64 {
	size := sizeOf(path)
	for _, suffix := range []string{"-journal", "-wal", "-shm"} {
		size += sizeOf(path + suffix)
	}
	return size
}

// sizeOf is the size of a file, 0 if there is none.
func sizeOf(path string) int64 {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return 0
	}
	return info.Size()
}

// getDatabaseStatistics says for people what is in the database.
func (c *Client) getDatabaseStatistics(ctx context.Context, _ *types.GetDatabaseStatistics) (*types.DatabaseStatistics, error) {
	var values map[string][]byte
	var err error
	c.await(func() { values, err = c.store.db.All(ctx, "") })
	if err != nil {
		return nil, err
	}
	return &types.DatabaseStatistics{Statistics: describeValues(values)}, nil
}

// describeValues counts the values of a database by the first word of their names, the greatest first.
func describeValues(values map[string][]byte) string {
	type sum struct{ count, size int }
	sums := map[string]sum{}
	for name, value := range values {
		word := name
		if i := strings.IndexAny(name, ".#"); i >= 0 {
			word = name[:i]
		}
		s := sums[word]
		sums[word] = sum{s.count + 1, s.size + len(name) + len(value)}
	}
	var b strings.Builder
	words := slices.SortedFunc(maps.Keys(sums), func(x, y string) int {
		return cmp.Or(cmp.Compare(sums[y].size, sums[x].size), strings.Compare(x, y))
	})
	for _, word := range words {
		fmt.Fprintf(&b, "%s: %d values, %d bytes\n", word, sums[word].count, sums[word].size)
	}
	return b.String()
}
