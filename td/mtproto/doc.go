// Package mtproto is the wire: a session with one data center over MTProto 2.0. It knows the protocol and
// nothing of accounts or of what queries say.
//
// A [Session] connects by itself, makes an authorization key if it has none, keeps the connection alive and makes it
// anew when it fails, for as long as that takes. [Session.Call] queues a query and never waits; a query is answered
// exactly once, with a result, an error of the server, or [ErrClosed] or [ErrKeyGone]. Queries leave in the
// order of their calls, and those that wait at the same moment share a packet. What was not answered when a
// connection broke is sent again under the same message id, so that the server acts once.
//
// A [Handler] hears of everything else, one event at a time, in order with the answers of calls.
//
// The parts: session.go (life, time), conn.go (one connection), transport.go (dialing, obfuscation, framing),
// exchange.go with primes.go and pq.go (keys), messages.go (ids, packing, encryption), receive.go (decryption,
// results), service.go (the protocol's own messages), resend.go, acks.go, salts.go, ping.go,
// destroy.go, events.go; probe.go tries a server or proxy without a session.
package mtproto
