package testdc

import (
	"context"
	"slices"

	"github.com/gotd/td/tg"
)

// updates is the state of an account's common updates, and what happened. Guarded by Server.mu.
type updates struct {
	pts, qts, seq int
	log           []loggedUpdate
}

// loggedUpdate is an update that updates.getDifference still knows.
type loggedUpdate struct {
	pts    int // after it
	update tg.UpdateClass
	users  []*account // whom it names
}

// maxDifference is how many updates are remembered for clients that were away.
const maxDifference = 10000

func newUpdates() updates { return updates{pts: 1, seq: 1} }

func (a *account) state(now int) tg.UpdatesState {
	return tg.UpdatesState{Pts: a.pts, Qts: a.qts, Date: now, Seq: a.seq}
}

func (s *Server) registerUpdates(d *tg.ServerDispatcher) {
	d.OnUpdatesGetState(s.updatesGetState)
	d.OnUpdatesGetDifference(s.updatesGetDifference)
}

// listens makes the session the one to which the login's updates go.
func (c *call) listens() {
	if !c.noUpdates {
		c.login.updates = c.sess
	}
}

func (s *Server) updatesGetState(ctx context.Context) (*tg.UpdatesState, error) {
	c := callOf(ctx)
	c.listens()
	state := c.account().state(s.unix())
	return &state, nil
}

func (s *Server) updatesGetDifference(ctx context.Context, req *tg.UpdatesGetDifferenceRequest) (tg.UpdatesDifferenceClass, error) {
	c := callOf(ctx)
	c.listens()
	a := c.account()
	if req.Pts > a.pts || req.Pts < 0 {
		return nil, rpcError(400, "PERSISTENT_TIMESTAMP_INVALID")
	}
	if req.Pts == a.pts {
		return &tg.UpdatesDifferenceEmpty{Date: s.unix(), Seq: a.seq}, nil
	}
	first := slices.IndexFunc(a.log, func(l loggedUpdate) bool { return l.pts > req.Pts })
	if first < 0 || (first == 0 && len(a.log) == maxDifference) {
		return &tg.UpdatesDifferenceTooLong{Pts: a.pts}, nil
	}
	diff := &tg.UpdatesDifference{State: a.state(s.unix())}
	users := make(map[*account]bool)
	for _, l := range a.log[first:] {
		diff.OtherUpdates = append(diff.OtherUpdates, l.update)
		for _, u := range l.users {
			if !users[u] {
				users[u] = true
				diff.Users = append(diff.Users, s.user(u, a))
			}
		}
	}
	return diff, nil
}

// record counts an update that raises pts, and keeps it for clients that are away.
func (a *account) record(count int, u tg.UpdateClass, users ...*account) {
	a.pts += count
	if len(a.log) == maxDifference {
		a.log = slices.Delete(a.log, 0, 1)
	}
	a.log = append(a.log, loggedUpdate{a.pts, u, users})
}

// push sends updates to the logins of an account but one. It returns how many there are.
func (s *Server) push(a *account, but *authorization, u tg.UpdatesClass) int {
	n := 0
	for _, l := range a.logins {
		if l != but && l.updates != nil {
			l.updates.post(notice, 0, u)
			n++
		}
	}
	return n
}
