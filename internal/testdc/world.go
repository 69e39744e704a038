package testdc

import (
	"slices"

	"github.com/gotd/td/tg"
)

// world is what people have made: groups, channels, messages and files. Guarded by Server.mu, and saved as it is: names in the file
// are those of the fields.
type world struct {
	chats map[peer]*chat
	posts map[int64]*post
	files map[int64]*file
	next  counters
}

// counters are the numbers that were given last.
type counters struct {
	Post, Group, Channel, File, Query int64
}

func newWorld() world {
	return world{chats: make(map[peer]*chat), posts: make(map[int64]*post), files: make(map[int64]*file)}
}

// post is a message as it was said. Every account that can see it has its own number for it; a channel has one for all.
type post struct {
	ID      int64
	From    int64 // who said it
	To      peer  // where
	Date    int
	Edited  int
	Body    boxed[tg.MessageClass] // what does not depend on who looks: text, media, action
	ReplyTo int64                  // another post, or 0
	Random  int64
	Pinned  bool
	Views   int
	Copies  map[peer]int // the numbers, by whose they are

	Reactions []reaction
}

// reaction is how somebody reacted.
type reaction struct {
	User  int64
	Emoji string
	Date  int
	Big   bool
}

// mailbox is where an account or a channel has its messages. The numbers of an account's are its own in all private chats and groups.
type mailbox struct {
	Last   int           // the highest number given
	Number map[int]int64 // posts by number
	changes
}

// changes are what has happened in one order, of pts or of qts, as it is kept for those who were away.
type changes struct {
	PTS int // after the last one
	Log []event
}

// event is a change that counts.
type event struct {
	PTS    int // after it
	Count  int
	Post   int64 `json:",omitempty"` // a new or, with Edit, a changed message, which is told as it is when somebody asks
	Edit   bool  `json:",omitempty"`
	Update boxed[tg.UpdateClass]
	Date   int    `json:",omitempty"`
	Named  []peer `json:",omitempty"` // of Update
}

// maxLog is how many changes are kept for clients that were away.
const maxLog = 10000

func newMailbox() mailbox { return mailbox{Number: make(map[int]int64), changes: changes{PTS: 1}} }

// record counts a change.
func (h *changes) record(e event) int {
	h.PTS += e.Count
	e.PTS = h.PTS
	if len(h.Log) >= maxLog {
		h.Log = slices.Delete(h.Log, 0, maxLog/4)
	}
	h.Log = append(h.Log, e)
	return h.PTS
}

// since returns what came after pts, with what does not count from date on, and whether all of it is still there.
func (h *changes) since(pts, date int) (list []event, whole bool) {
	oldest := h.PTS
	if len(h.Log) > 0 {
		oldest = h.Log[0].PTS - h.Log[0].Count
	}
	for _, e := range h.Log {
		if e.Count > 0 && e.PTS > pts || e.Count == 0 && e.Date >= date {
			list = append(list, e)
		}
	}
	return list, oldest <= pts
}

// changedSince tells whether something has changed from a date on.
func (h *changes) changedSince(date int) bool {
	return len(h.Log) > 0 && h.Log[len(h.Log)-1].Date >= date
}

// put gives a post the next number.
func (m *mailbox) put(owner peer, p *post) int {
	m.Last++
	m.Number[m.Last] = p.ID
	p.Copies[owner] = m.Last
	return m.Last
}

// person is what an account has besides its logins. Guarded by Server.mu, and saved as it is.
type person struct {
	mailbox
	Queue    changes // what counts in qts
	About    string
	Contacts map[int64]*contact
	Blocked  map[peer]int     // when they were blocked
	Dialogs  map[peer]*dialog // by whom they are with
	Photos   []int64          // of the profile, the newest first
	Folders  []boxed[tg.DialogFilterClass]
	Notify   map[string]boxed[*tg.PeerNotifySettings] // of kinds of chats
	Birthday *tg.Birthday
	Commands []tg.BotCommand // of a bot
	Inline   string          // of a bot that can be asked inline: what to type
}

func newPerson() person {
	return person{
		mailbox: newMailbox(), Queue: changes{PTS: 1}, Contacts: make(map[int64]*contact), Blocked: make(map[peer]int), Dialogs: make(map[peer]*dialog),
		Notify: make(map[string]boxed[*tg.PeerNotifySettings]),
	}
}

// contact is how somebody calls another.
type contact struct {
	FirstName, LastName string
	Phone               bool // they know the number
	Note                string
}

// dialog is a chat as one account has it.
type dialog struct {
	Peer    peer
	Numbers []int // of the messages, in the account's box; empty for a channel, which has them itself
	ReadIn  int   // the last one read here
	ReadOut int   // the last one of ours read by others
	Unread  bool  // marked as such
	Pinned  int   // place among the pinned, from 1; 0 is not pinned
	Folder  int
	Draft   boxed[tg.DraftMessageClass]
	Notify  boxed[*tg.PeerNotifySettings]
	Shown   bool // in the list of chats
	From    int  // of a channel: the first number that may be seen
}

// dialog finds an account's chat with p, or begins it.
func (a *account) dialog(p peer) *dialog {
	d := a.Dialogs[p]
	if d == nil {
		d = &dialog{Peer: p}
		a.Dialogs[p] = d
	}
	return d
}

func (a *account) peer() peer { return userPeer(a.id) }

// boxOf is where the messages of a chat are for one account, under which owner, and their numbers in order.
func (s *Server) boxOf(a *account, p peer) (owner peer, m *mailbox, numbers []int) {
	if p.Kind == 'c' {
		if ch := s.chats[p]; ch != nil {
			return p, &ch.mailbox, ch.Numbers
		}
		return p, &mailbox{}, nil
	}
	if d := a.Dialogs[p]; d != nil {
		numbers = d.Numbers
	}
	return a.peer(), &a.mailbox, numbers
}

// post finds a message by its number in a box, nil when there is none.
func (s *Server) post(m *mailbox, number int) *post { return s.posts[m.Number[number]] }

// with is the chat in which an owner has a message.
func (p *post) with(owner peer) peer {
	if p.To == owner && owner.Kind == 'u' {
		return userPeer(p.From)
	}
	return p.To
}

// unread counts what others have said since the account has read.
func (s *Server) unread(a *account, d *dialog) int {
	_, m, numbers := s.boxOf(a, d.Peer)
	n := 0
	for i := len(numbers) - 1; i >= 0 && numbers[i] > d.ReadIn; i-- {
		if p := s.post(m, numbers[i]); p != nil && p.From != a.id {
			n++
		}
	}
	return n
}

// top is the number of the newest message of a chat, 0 for none.
func top(numbers []int) int {
	if len(numbers) == 0 {
		return 0
	}
	return numbers[len(numbers)-1]
}
