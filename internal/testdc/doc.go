// Package testdc is a local Telegram for tests, demos and users' own tests: three test data centers on loopback, each with its own
// port, which a client library logs in to, and a SOCKS5 proxy that leads connections meant for Telegram's test data centers to them.
//
// It speaks MTProto as Telegram's servers do (layer 227), and keeps what happens in memory, or in a file too. It is no server for real
// use: it tells every caller the login code by a rule everybody knows.
//
// One subject, one file. The wire, from below: transport.go (packets), exchange.go and keys.go (auth keys), conn.go (one TCP
// connection), session.go (one MTProto session: sequence numbers, what was acknowledged, what has to be sent again), message.go
// (what clients send outside of calls), rpc.go (calls). Above it the methods, registered in methods.go, one file a subject.
//
// What people make is the world (world.go): messages (post), chats, files, and what each account has (person). render.go and peers.go
// turn it into what one account is told, news.go collects what a call changes and tells everybody, updates.go tells those who were
// away. saved.go and statefile.go keep it in a file.
//
// hooks.go, faults.go and acts.go are what tests do to the server and in it; control.go gives that names, http.go a control interface
// with a page, shown.go what can be seen there.
//
// All state is guarded by the one mutex of Server; handlers of methods run holding it and must not wait for anything. An answer that
// has to wait for somebody else is given later: errLater.
package testdc
