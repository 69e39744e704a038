package mtproto

import (
	"math/rand/v2"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/mt"
)

const (
	idlePing       = 40 * time.Second // least time between pings on an idle connection
	idlePingJitter = 20 * time.Second
	busyPing       = 3 * time.Second // silence after a request until the first ping
	pingPatience   = 5 * time.Second // silence after a ping until the connection counts as dead
	maxPatience    = time.Minute
	serverPatience = 90 // seconds without a ping after which the server may close the connection
)

// pinger decides when to ping and when silence means that the connection is dead. Guarded by Session.mu.
type pinger struct {
	due      bool      // at once
	sentAt   time.Time // of the ping that nothing came after yet; zero if there is none
	lastAt   time.Time // of the last ping
	waitAt   time.Time // since when an answer to a call is waited for, counted from the last packet; zero if none is
	busyGap  time.Duration
	idleGap  time.Duration
	id       int64
	rtt      time.Duration
	silences int // connections in a row that died of silence
}

// start begins a connection.
func (p *pinger) start() {
	p.due, p.sentAt, p.lastAt, p.waitAt = true, time.Time{}, time.Time{}, time.Time{}
	p.calm()
}

// calm makes pings frequent again after something has happened.
func (p *pinger) calm() {
	p.busyGap = busyPing
	p.idleGap = idlePing + rand.N(idlePingJitter)
}

// expect notes that a call went out.
func (p *pinger) expect(now time.Time) {
	p.busyGap = busyPing
	if p.waitAt.IsZero() {
		p.waitAt = now
	}
}

// heard notes a packet; waiting says whether calls are still unanswered.
func (p *pinger) heard(now time.Time, waiting bool) {
	p.sentAt, p.waitAt = time.Time{}, time.Time{}
	if waiting {
		p.waitAt = now
	}
}

// patient stretches a time limit on a network that has proved slow.
func (p *pinger) patient(d time.Duration) time.Duration {
	return min(max(d, 3*p.rtt)<<min(p.silences, 2), maxPatience)
}

// deadline is when silence on c means death; zero if nothing is waited for.
func (p *pinger) deadline(c *conn) time.Time {
	if p.sentAt.IsZero() {
		return time.Time{}
	}
	slow := time.Duration(c.unheard.Load()) * time.Second / minWriteRate << min(p.silences, 2)
	at := p.sentAt
	if read := c.lastReadAt(); read.After(at) {
		at = read // part of a packet came: the rest may take its time
	}
	return at.Add(p.patient(pingPatience) + slow)
}

// dead reports that the connection has been silent for too long.
func (p *pinger) dead(c *conn, now time.Time) bool {
	at := p.deadline(c)
	return !at.IsZero() && !now.Before(at)
}

// pingAt is when the next ping is due.
func (p *pinger) pingAt(c *conn) time.Time {
	if p.due {
		return c.openedAt
	}
	if !p.sentAt.IsZero() {
		return time.Time{}
	}
	at, gap := c.lastReadAt(), p.idleGap
	if p.lastAt.After(at) {
		at = p.lastAt
	}
	if !p.waitAt.IsZero() {
		gap = min(gap, p.busyGap)
		if p.waitAt.After(at) {
			at = p.waitAt
		}
	}
	return at.Add(gap)
}

// next is when the pinger has something to do.
func (p *pinger) next(c *conn) time.Time {
	if at := p.pingAt(c); !at.IsZero() {
		return at
	}
	return p.deadline(c)
}

// ping makes a ping if one is due.
func (p *pinger) ping(c *conn, now time.Time) ([]byte, bool) {
	at := p.pingAt(c)
	if at.IsZero() || now.Before(at) {
		return nil, false
	}
	if !p.waitAt.IsZero() {
		p.busyGap = min(2*p.busyGap, idlePing)
	}
	p.due, p.sentAt, p.lastAt = false, now, now
	p.idleGap = idlePing + rand.N(idlePingJitter)
	p.id = int64(rand.Uint64()) // not to be guessed: its pong proves that a packet is fresh
	return encoded(&mt.PingDelayDisconnectRequest{PingID: p.id, DisconnectDelay: serverPatience}), true
}

// pong takes the answer to a ping and measures the way there and back.
func (p *pinger) pong(id int64, now time.Time) {
	if id == p.id && !p.lastAt.IsZero() {
		p.rtt, p.silences = now.Sub(p.lastAt), 0
	}
}

// encoded returns the bytes of one of the protocol's own messages, none of which can fail to encode.
func encoded(e bin.Encoder) []byte {
	var b bin.Buffer
	_ = e.Encode(&b)
	return b.Buf
}
