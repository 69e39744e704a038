package td

import (
	"context"
	"fmt"
	"math"
	"net"
	"slices"
	"strings"
	"sync/atomic"

	"tdjson/td/mtproto"
	"tdjson/types"
)

// netStats is what was sent and received, by the kind of the network and by what it was for. What is current is of this run
// of the client, what was stored is of those before.
type netStats struct {
	off      bool // by the option disable_network_statistics, as it was at the start
	since    int32
	sinceNow int32
	kind     types.NetworkType // of the network now
	stored   map[statKey]traffic
	current  map[statKey]traffic

	counter byteCounter
	taken   traffic // of what the counter says, what is in current already
}

// statKey says what traffic was for: a file type, or one of statCommon and statCalls.
type statKey struct{ what, network string }

const (
	statCommon = "common"
	statCalls  = "calls"
)

// traffic is a number of bytes, and how long calls were.
type traffic struct {
	sent, received int64
	duration       float64 // in seconds
}

func (t traffic) plus(o traffic) traffic {
	return traffic{t.sent + o.sent, t.received + o.received, t.duration + o.duration}
}

// byteCounter counts bytes on all connections.
type byteCounter struct {
	sent, received, waiting atomic.Int64
	full                    func() // called when that much is waiting to be taken that it should be stored
}

// storeAt is how many bytes may be lost from the statistics when the process is killed.
const storeAt = 64 << 10

func (b *byteCounter) add(sum *atomic.Int64, n int) {
	sum.Add(int64(n))
	if b.waiting.Add(int64(n)) >= storeAt {
		b.waiting.Store(0)
		b.full()
	}
}

// statNetworks and statFileTypes are listed in TDLib's order.
var statNetworks = []types.NetworkType{
	&types.NetworkTypeOther{}, &types.NetworkTypeWiFi{}, &types.NetworkTypeMobile{}, &types.NetworkTypeMobileRoaming{},
}

var statFileTypes = []types.FileType{
	&types.FileTypeThumbnail{}, &types.FileTypeProfilePhoto{}, &types.FileTypePhoto{}, &types.FileTypeVoiceNote{},
	&types.FileTypeVideo{}, &types.FileTypeDocument{}, &types.FileTypeSecret{}, &types.FileTypeUnknown{},
	&types.FileTypeSticker{}, &types.FileTypeAudio{}, &types.FileTypeAnimation{}, &types.FileTypeSecretThumbnail{},
	&types.FileTypeVideoNote{}, &types.FileTypeSecure{}, &types.FileTypeWallpaper{}, &types.FileTypeNotificationSound{},
	&types.FileTypePhotoStory{}, &types.FileTypeVideoStory{}, &types.FileTypeSelfDestructingPhoto{},
	&types.FileTypeSelfDestructingVideo{}, &types.FileTypeSelfDestructingVideoNote{},
	&types.FileTypeSelfDestructingVoiceNote{}, &types.FileTypeLivePhotoVideo{}, &types.FileTypeSelfDestructingLivePhotoVideo{},
}

var (
	errStatsOff     = types.NewError(400, "Network statistics are disabled")
	errStatsNotKept = types.NewError(400, "Persistent network statistics are disabled")
)

// open takes over what was counted in earlier runs.
func (s *netStats) open(c *Client, l *loaded) {
	s.off = c.options.values["disable_network_statistics"].integer != 0
	s.stored, s.current = map[statKey]traffic{}, map[statKey]traffic{}
	s.kind = &types.NetworkTypeOther{}
	s.counter.full = func() { c.post(func() { s.take(c) }) }
	now := int32(c.net.now().Unix())
	s.since, s.sinceNow = now, now
	for name, text := range l.prefixed("stats.") {
		if name == "since" {
			var since int32
			if _, err := fmt.Sscan(text, &since); err == nil {
				s.since = min(since, now)
			}
			continue
		}
		what, network, _ := strings.Cut(name, "#")
		var t traffic
		if _, err := fmt.Sscan(text, &t.sent, &t.received, &t.duration); err != nil {
			c.log.Printf(1, "Network statistics of %s can't be read: %v", name, err)
			continue
		}
		s.stored[statKey{what, network}] = t
	}
	const grace = 3600 // seconds: a login that much after the count began is by another user
	if login := c.options.values["authorization_date"].integer; int64(s.since) < login-grace {
		s.since = int32(min(login, math.MaxInt32))
	}
	if !s.off {
		c.store.set("stats.since", fmt.Sprint(s.since))
	}
}

// counted makes connections that count their bytes.
func (s *netStats) counted(dial mtproto.DialFunc) mtproto.DialFunc {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		nc, err := dial(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return &countedConn{nc, &s.counter}, nil
	}
}

type countedConn struct {
	net.Conn
	counter *byteCounter
}

func (c *countedConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.counter.add(&c.counter.received, n)
	return n, err
}

func (c *countedConn) Write(p []byte) (int, error) {
	n, err := c.Conn.Write(p)
	c.counter.add(&c.counter.sent, n)
	return n, err
}

// take adds what the connections have counted.
func (s *netStats) take(c *Client) {
	if s.off || s.current == nil || isNoNetwork(s.kind) {
		return
	}
	now := traffic{sent: s.counter.sent.Load(), received: s.counter.received.Load()}
	more := traffic{sent: now.sent - s.taken.sent, received: now.received - s.taken.received}
	if more == (traffic{}) {
		return
	}
	s.taken = now
	s.add(c, statKey{statCommon, types.Name(s.kind)}, more)
}

// add adds traffic, and stores it unless that is not wanted.
func (s *netStats) add(c *Client, key statKey, t traffic) {
	sum := s.current[key].plus(t)
	if sum.sent < 0 || sum.received < 0 {
		c.log.Printf(1, "Network statistics are full")
		return
	}
	s.current[key] = sum
	if c.options.values["disable_persistent_network_statistics"].integer == 0 {
		all := sum.plus(s.stored[key])
		c.store.set("stats."+key.what+"#"+key.network, fmt.Sprint(all.sent, all.received, all.duration))
	}
}

// setNetwork is called when the network is another one.
func (s *netStats) setNetwork(c *Client, kind types.NetworkType) {
	s.take(c)
	s.kind = networkOf(kind)
}

// networkOf is the kind of a network, the other one if the program names none.
func networkOf(kind types.NetworkType) types.NetworkType {
	if types.IsNil(kind) {
		return &types.NetworkTypeOther{}
	}
	return kind
}

func isNoNetwork(kind types.NetworkType) bool {
	_, none := kind.(*types.NetworkTypeNone)
	return none
}

// getNetworkStatistics answers what was sent and received.
func (c *Client) getNetworkStatistics(_ context.Context, f *types.GetNetworkStatistics) (*types.NetworkStatistics, error) {
	s := &c.netStats
	switch {
	case s.off:
		return nil, errStatsOff
	case !f.OnlyCurrent && c.options.values["disable_persistent_network_statistics"].integer != 0:
		return nil, errStatsNotKept
	}
	s.take(c)
	answer := &types.NetworkStatistics{SinceDate: s.since, Entries: []types.NetworkStatisticsEntry{}}
	if f.OnlyCurrent {
		answer.SinceDate = s.sinceNow
	}
	for _, network := range statNetworks {
		of := func(what string) traffic {
			key := statKey{what, types.Name(network)}
			if f.OnlyCurrent {
				return s.current[key]
			}
			return s.current[key].plus(s.stored[key])
		}
		file := func(kind types.FileType, t traffic) {
			if t.sent != 0 || t.received != 0 {
				answer.Entries = append(answer.Entries, &types.NetworkStatisticsEntryFile{
					FileType: kind, NetworkType: network, SentBytes: t.sent, ReceivedBytes: t.received,
				})
			}
		}
		file(&types.FileTypeNone{}, of(statCommon))
		for _, kind := range statFileTypes {
			file(kind, of(types.Name(kind)))
		}
		if t := of(statCalls); t.sent != 0 || t.received != 0 {
			answer.Entries = append(answer.Entries, &types.NetworkStatisticsEntryCall{
				NetworkType: network, SentBytes: t.sent, ReceivedBytes: t.received, Duration: t.duration,
			})
		}
	}
	return answer, nil
}

// addNetworkStatistics adds what the program itself has sent and received.
func (c *Client) addNetworkStatistics(_ context.Context, f *types.AddNetworkStatistics) (*types.Ok, error) {
	var key statKey
	var network types.NetworkType
	var t traffic
	switch e := f.Entry.(type) {
	case *types.NetworkStatisticsEntryFile:
		network, t = e.NetworkType, traffic{sent: e.SentBytes, received: e.ReceivedBytes}
		key.what = fileStat(e.FileType)
	case *types.NetworkStatisticsEntryCall:
		network, t = e.NetworkType, traffic{e.SentBytes, e.ReceivedBytes, e.Duration}
		key.what = statCalls
	default:
		return nil, types.NewError(400, "Network statistics entry must be non-empty")
	}
	const maxBytes, maxDuration = 1 << 40, 1 << 30
	switch {
	case c.netStats.off:
		return nil, errStatsOff
	case isNoNetwork(network):
		return nil, types.NewError(400, "Network statistics entry can't be increased for NetworkTypeNone")
	case t.received < 0, t.received > maxBytes:
		return nil, types.NewError(400, "Wrong received bytes value")
	case t.sent < 0, t.sent > maxBytes:
		return nil, types.NewError(400, "Wrong sent bytes value")
	case !(t.duration >= 0 && t.duration <= maxDuration): // NaN is wrong too
		return nil, types.NewError(400, "Wrong duration value")
	}
	key.network = types.Name(networkOf(network))
	c.netStats.add(c, key, t)
	return &types.Ok{}, nil
}

// fileStat is the name under which traffic of files is counted.
func fileStat(kind types.FileType) string {
	same := func(k types.FileType) bool { return k.TypeID() == kind.TypeID() }
	if types.IsNil(kind) || !slices.ContainsFunc(statFileTypes, same) {
		return statCommon
	}
	return types.Name(kind)
}

// resetNetworkStatistics begins to count anew.
func (c *Client) resetNetworkStatistics(context.Context, *types.ResetNetworkStatistics) (*types.Ok, error) {
	s := &c.netStats
	if s.off {
		return nil, errStatsOff
	}
	s.take(c)
	for _, list := range []map[statKey]traffic{s.stored, s.current} {
		for key := range list {
			c.store.delete("stats." + key.what + "#" + key.network)
		}
		clear(list)
	}
	s.since = int32(c.net.now().Unix())
	s.sinceNow = s.since
	c.store.set("stats.since", fmt.Sprint(s.since))
	return &types.Ok{}, nil
}
